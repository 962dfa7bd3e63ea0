package dev.stele.server.cli;

import dev.stele.server.settings.SettingsException;
import java.io.PrintWriter;
import org.slf4j.LoggerFactory;
import picocli.CommandLine;
import picocli.CommandLine.IExecutionExceptionHandler;
import picocli.CommandLine.IParameterExceptionHandler;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.ParseResult;
import picocli.CommandLine.UnmatchedArgumentException;

/** Tells the operator in one line why a command did not do its work. */
record FailureLines(PrintWriter err)
    implements IParameterExceptionHandler, IExecutionExceptionHandler {

  @Override
  public int handleParseException(ParameterException e, String[] args) {
    String command = e.getCommandLine().getCommandSpec().qualifiedName();
    String hint =
        e instanceof UnmatchedArgumentException unmatched && !unmatched.getSuggestions().isEmpty()
            ? "; did you mean " + String.join(" or ", unmatched.getSuggestions()) + "?"
            : "";
    print(e.getMessage() + hint + " (see '" + command + " --help')");
    return CommandLineInterface.WRONG;
  }

  @Override
  public int handleExecutionException(Exception e, CommandLine command, ParseResult parsed) {
    if (e instanceof SettingsException) {
      print(String.valueOf(e.getMessage()));
      return CommandLineInterface.WRONG;
    }
    if (e instanceof CannotRun) {
      print(String.valueOf(e.getMessage()));
      return CommandLineInterface.FAILED;
    }
    LoggerFactory.getLogger(FailureLines.class).error("a defect in Stele", e);
    print("a defect in Stele, described in the log above: " + e);
    return CommandLineInterface.FAILED;
  }

  private void print(String message) {
    err.println("stele: " + message.replaceAll("\\s*[\\r\\n]+\\s*", " "));
    err.flush();
  }
}
