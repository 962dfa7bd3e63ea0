package dev.stele.server.cli;

import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.ScopeType;

@Command(
    name = "stele",
    versionProvider = Version.class,
    synopsisSubcommandLabel = "COMMAND",
    description = "Stele, a Matrix homeserver.",
    footer = {
      "",
      "To try it: 'stele serve', then point a Matrix client at the URL that it prints.",
      "Statuses: 0 done, 1 could not run or found problems, 2 wrong command line or settings."
    })
final class SteleCommand {

  /** The command, with the options that all commands have. */
  static CommandLine commandLine() {
    CommandLine command = new CommandLine(new SteleCommand());
    command
        .getCommandSpec()
        .addOption(
            OptionSpec.builder("-h", "--help")
                .usageHelp(true)
                .scopeType(ScopeType.INHERIT)
                .description("Show this help.")
                .build())
        .addOption(
            OptionSpec.builder("--version")
                .versionHelp(true)
                .description("Print the version.")
                .build());
    return command;
  }
}
