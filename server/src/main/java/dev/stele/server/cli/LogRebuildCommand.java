package dev.stele.server.cli;

import dev.stele.server.settings.Loaded;
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
    Loaded loaded = options.load(offline.terminal().environment());
    ReportPrinter printer = new ReportPrinter(offline.terminal().out());
    return printer.print(
        offline.run(
            loaded,
            (vertx, settings) ->
                offline.operations().rebuildLog(vertx, settings, printer.progress("folded"))));
  }
}
