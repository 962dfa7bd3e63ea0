package dev.stele.server.cli;

import dev.stele.server.settings.Loaded;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

@Command(
    name = "serve",
    description = {
      "Run the homeserver in the foreground, until SIGTERM or SIGINT.",
      "Without settings: server name localhost, http://127.0.0.1:8008, data below ./data, a",
      "PostgreSQL of its own, open registration on loopback listeners."
    })
final class ServeCommand implements Callable<Integer> {
  private final Operations operations;
  private final Terminal terminal;
  @Mixin private final SettingsOptions options = new SettingsOptions();

  ServeCommand(Operations operations, Terminal terminal) {
    this.operations = operations;
    this.terminal = terminal;
  }

  @Override
  public Integer call() {
    StopRequest stop = new StopRequest(terminal.halt());
    terminal.signals().onStop(stop::request);
    Loaded loaded = options.load(terminal.environment());
    Logging.apply(loaded.settings().log());
    return new ServerRun(operations, loaded, stop).untilStopped();
  }
}
