package dev.stele.server.cli;

import picocli.CommandLine;

/**
 * The command line of Stele.
 *
 * <p>Statuses: 0 done, 1 could not run or found problems, 2 wrong command line or settings.
 */
public final class CommandLineInterface {
  static final int FAILED = 1;
  static final int WRONG = 2;

  private final CommandLine commands;

  /**
   * Prepares the commands.
   *
   * @param operations what they do
   * @param terminal where they run
   */
  public CommandLineInterface(Operations operations, Terminal terminal) {
    FailureLines failures = new FailureLines(terminal.err());
    Offline offline = new Offline(operations, terminal);
    commands =
        SteleCommand.commandLine()
            .addSubcommand(new ServeCommand(operations, terminal))
            .addSubcommand(new VersionCommand(terminal))
            .addSubcommand(group(new Groups.Config(), new ConfigCheckCommand(terminal)))
            .addSubcommand(group(new Groups.User(), new UserCreateCommand(offline)))
            .addSubcommand(
                group(
                    new Groups.Log(),
                    new LogVerifyCommand(offline),
                    new LogRebuildCommand(offline)))
            .setOverwrittenOptionsAllowed(true)
            .setOut(terminal.out())
            .setErr(terminal.err())
            .setUsageHelpWidth(90)
            .setParameterExceptionHandler(failures)
            .setExecutionExceptionHandler(failures);
  }

  /** The command line of this process, which is Stele and nothing else. */
  public static CommandLineInterface ofProcess(Operations operations) {
    Logging.start();
    Runtime.getRuntime().addShutdownHook(new Thread(Logging::stop, "log-flush"));
    return new CommandLineInterface(operations, Terminal.ofProcess());
  }

  /**
   * Runs one command to its end; {@code serve} until the server has stopped.
   *
   * @return the exit status
   */
  public int run(String... args) {
    return commands.execute(args);
  }

  private static CommandLine group(Object word, Object... members) {
    CommandLine group = new CommandLine(word);
    for (Object member : members) {
      group.addSubcommand(member);
    }
    return group;
  }
}
