package dev.stele.load;

import java.io.IOException;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.ExitCode;
import picocli.CommandLine.ParseResult;

/** The program: measures a homeserver, or the bare ceiling of this machine. */
@Command(
    name = "stele-load",
    mixinStandardHelpOptions = true,
    description = "Loads a Matrix homeserver by its public API and measures it.",
    subcommands = {
      RunCommand.class,
      FanoutCommand.class,
      CeilingCommand.class,
      BareServerCommand.class
    })
public final class Main {
  private Main() {}

  /** Ends with 0 when all went well, 1 when the server failed, 2 for wrong arguments. */
  public static void main(String[] args) {
    System.exit(commandLine().execute(args));
  }

  static CommandLine commandLine() {
    return new CommandLine(new Main()).setExecutionExceptionHandler(Main::explain);
  }

  private static int explain(Exception failure, CommandLine command, ParseResult parsed)
      throws Exception {
    if (failure instanceof IllegalArgumentException) {
      command.getErr().println(failure.getMessage());
      return ExitCode.USAGE;
    }
    if (failure instanceof Refused || failure instanceof IOException) {
      command.getErr().println(failure.getMessage());
      return ExitCode.SOFTWARE;
    }
    throw failure;
  }
}
