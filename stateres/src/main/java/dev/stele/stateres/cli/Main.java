package dev.stele.stateres.cli;

/** The process. Ends with status 0, or with 2 and one line on standard error. */
public final class Main {
  private Main() {}

  /** Runs the command that the arguments name. */
  public static void main(String[] args) {
    System.exit(new CommandLine(System.in, System.out, System.err).run(args));
  }
}
