package dev.stele.server.cli;

import dev.stele.server.settings.Loaded;
import dev.stele.server.settings.Loaded.Explained;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

@Command(
    name = "check",
    description = "Check the settings and explain each: its value, who gave it, what it means.")
final class ConfigCheckCommand implements Callable<Integer> {
  private final Terminal terminal;
  @Mixin private final SettingsOptions options = new SettingsOptions();

  ConfigCheckCommand(Terminal terminal) {
    this.terminal = terminal;
  }

  @Override
  public Integer call() {
    Loaded loaded = options.load(terminal.environment());
    loaded.explained().forEach(this::print);
    terminal.out().println();
    loaded.warnings().forEach(warning -> terminal.out().println("warning: " + warning));
    terminal.out().println("The settings are fine.");
    return 0;
  }

  private void print(Explained setting) {
    String planned = setting.exists() ? "" : " Does not exist yet: has no effect.";
    terminal.out().printf("%s: %s  [%s]%n", setting.path(), setting.value(), setting.source());
    terminal.out().printf("    %s%s%n", setting.meaning(), planned);
  }
}
