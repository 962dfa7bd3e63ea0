package dev.stele.load;

import dev.stele.load.client.Failure;
import dev.stele.load.command.CeilingCommand;
import dev.stele.load.command.ChatCommand;
import dev.stele.load.command.ChurnCommand;
import dev.stele.load.command.CompareCommand;
import dev.stele.load.command.FanoutCommand;
import dev.stele.load.command.GapCommand;
import dev.stele.load.command.HistoryCommand;
import dev.stele.load.command.IdleCommand;
import dev.stele.load.command.InitialSyncCommand;
import dev.stele.load.command.JoinStormCommand;
import dev.stele.load.command.LoginStormCommand;
import dev.stele.load.command.MediaCommand;
import dev.stele.load.command.OverloadCommand;
import dev.stele.load.command.ScenarioCommand;
import dev.stele.load.command.SendCommand;
import dev.stele.load.command.SoakCommand;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileSystemException;
import java.nio.file.NoSuchFileException;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.ExitCode;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.ParseResult;

/** The program: measures a homeserver, or the bare ceiling of this machine. */
@Command(
    name = "load-tests",
    mixinStandardHelpOptions = true,
    version = "Stele load-tests 0.1.0",
    synopsisSubcommandLabel = "COMMAND",
    description =
        "Loads a Matrix homeserver by its public API and measures it. 'help COMMAND' or"
            + " 'COMMAND --help' tells all options of a command.",
    footer = {
      "",
      "For example, against a server whose registration is open and whose rate limits",
      "are off:",
      "",
      "  load-tests send --target http://127.0.0.1:8008 --seconds 20 --html send.html",
      "",
      "Ends with status 0 when all went well, 1 when the server failed or a check did,",
      "2 for wrong arguments, and 3 when the server does not have what was to be measured."
    },
    subcommands = {
      SendCommand.class,
      FanoutCommand.class,
      ChatCommand.class,
      IdleCommand.class,
      InitialSyncCommand.class,
      JoinStormCommand.class,
      HistoryCommand.class,
      LoginStormCommand.class,
      MediaCommand.class,
      GapCommand.class,
      ChurnCommand.class,
      SoakCommand.class,
      OverloadCommand.class,
      CeilingCommand.class,
      CompareCommand.class,
      CommandLine.HelpCommand.class
    })
public final class Main {
  private Main() {}

  public static void main(String[] args) {
    System.exit(commandLine().execute(args));
  }

  static CommandLine commandLine() {
    CommandLine command =
        new CommandLine(new Main())
            .setUsageHelpAutoWidth(true)
            .setParameterExceptionHandler(Main::refuse)
            .setExecutionExceptionHandler(Main::explain);
    ScenarioCommand.arrangeHelp(command);
    return command;
  }

  private static int refuse(ParameterException wrong, String[] args) {
    CommandLine command = wrong.getCommandLine();
    command.getErr().println(wrong.getMessage());
    command
        .getErr()
        .println("'" + command.getCommandSpec().qualifiedName() + " --help' tells all options");
    return ExitCode.USAGE;
  }

  private static int explain(Exception failure, CommandLine command, ParseResult parsed)
      throws Exception {
    if (failure instanceof IllegalArgumentException) {
      command.getErr().println(failure.getMessage());
      return ExitCode.USAGE;
    }
    if (failure instanceof FileSystemException trouble) {
      command.getErr().println(fileTrouble(trouble));
      return ExitCode.SOFTWARE;
    }
    if (Failure.isOutside(failure) || failure instanceof IllegalStateException) {
      command.getErr().println(failure.getMessage());
      return ExitCode.SOFTWARE;
    }
    throw failure;
  }

  private static String fileTrouble(FileSystemException trouble) {
    String reason = trouble.getReason();
    if (trouble instanceof NoSuchFileException) {
      reason = "no such file or directory";
    } else if (trouble instanceof AccessDeniedException) {
      reason = "access denied";
    }
    return trouble.getFile() + ": " + reason;
  }
}
