package dev.stele.server;

import dev.stele.server.cli.CommandLineInterface;
import dev.stele.server.cli.Operations;

/** The process {@code stele}. */
public final class Main {
  private Main() {}

  /** Runs the command that the arguments name, and ends with its status. */
  public static void main(String[] args) {
    Operations operations = new ExplainedOperations(new HomeserverOperations());
    System.exit(CommandLineInterface.ofProcess(operations).run(args));
  }
}
