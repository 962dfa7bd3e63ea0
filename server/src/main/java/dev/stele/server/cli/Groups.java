package dev.stele.server.cli;

import picocli.CommandLine.Command;

/** Words that stand before a command. */
final class Groups {
  private Groups() {}

  @Command(
      name = "config",
      synopsisSubcommandLabel = "COMMAND",
      description = "Look at the settings.")
  static final class Config {}

  @Command(name = "user", synopsisSubcommandLabel = "COMMAND", description = "Look after accounts.")
  static final class User {}

  @Command(
      name = "log",
      synopsisSubcommandLabel = "COMMAND",
      description = "Look after the log in which everything is kept.")
  static final class Log {}
}
