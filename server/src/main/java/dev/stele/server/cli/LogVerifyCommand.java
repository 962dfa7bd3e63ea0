package dev.stele.server.cli;

import dev.stele.server.settings.Loaded;
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
    Loaded loaded = options.load(offline.terminal().environment());
    ReportPrinter printer = new ReportPrinter(offline.terminal().out());
    return printer.print(
        offline.run(
            loaded,
            (vertx, settings) ->
                offline.operations().verifyLog(vertx, settings, printer.progress("checked"))));
  }
}
