package dev.stele.server.cli;

import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

@Command(
    name = "verify",
    description = {
      "Check the whole log: hashes, signatures, authorisation and state of every event.",
      "The server must not run. Prints what was counted and 'ok', or every problem, status 1."
    })
final class LogVerifyCommand implements Callable<Integer> {
  private final Offline offline;
  @Mixin private final SettingsOptions options = new SettingsOptions();

  LogVerifyCommand(Offline offline) {
    this.offline = offline;
  }

  @Override
  public Integer call() {
    return offline.report(options, "checked", offline.operations()::verifyLog);
  }
}
