package dev.stele.server.cli;

import java.util.concurrent.Callable;
import picocli.CommandLine.Command;

@Command(
    name = "version",
    description = "Print the version of Stele and of the Java that it runs on.")
record VersionCommand(Terminal terminal) implements Callable<Integer> {

  @Override
  public Integer call() {
    terminal.out().println(Version.line());
    return 0;
  }
}
