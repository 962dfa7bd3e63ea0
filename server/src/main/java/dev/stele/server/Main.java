package dev.stele.server;

import dev.stele.server.cli.CommandLineInterface;

/** The process {@code stele}. */
public final class Main {
  private Main() {}

  /** Runs the command that the arguments name, and ends with its status. */
  public static void main(String[] args) {
    System.exit(CommandLineInterface.ofProcess(new HomeserverOperations()).run(args));
  }
}
