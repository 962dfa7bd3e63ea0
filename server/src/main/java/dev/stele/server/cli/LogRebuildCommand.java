package dev.stele.server.cli;

import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

@Command(
    name = "rebuild",
    description = {
      "Throw away everything that is derived from the log and derive it again.",
      "The server must not run. The log itself is only read."
    })
final class LogRebuildCommand implements Callable<Integer> {
  private final Offline offline;
  @Mixin private final SettingsOptions options = new SettingsOptions();

  LogRebuildCommand(Offline offline) {
    this.offline = offline;
  }

  @Override
  public Integer call() {
    return offline.report(options, "folded", offline.operations()::rebuildLog);
  }
}
