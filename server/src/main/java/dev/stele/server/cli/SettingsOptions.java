package dev.stele.server.cli;

import dev.stele.server.settings.Loaded;
import dev.stele.server.settings.SettingsLoader;
import java.nio.file.Path;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** The flags of every command that needs settings. */
final class SettingsOptions {
  @Option(
      names = "--config",
      paramLabel = "FILE",
      description = "The settings, a YAML file. STELE_CONFIG names it as well.")
  private @Nullable Path config;

  @Option(
      names = "--server-name",
      paramLabel = "NAME",
      description = "The name in user and room ids.")
  private @Nullable String serverName;

  @Option(names = "--port", paramLabel = "PORT", description = "The port of the first listener.")
  private @Nullable String port;

  @Option(
      names = "--data-dir",
      paramLabel = "DIR",
      description = "The directory below which all state lies.")
  private @Nullable String dataDir;

  @Option(
      names = "--database-url",
      paramLabel = "URL",
      description = "A PostgreSQL database, instead of the embedded one.")
  private @Nullable String databaseUrl;

  /** The settings: file, then environment, then flags. */
  Loaded load(Map<String, String> environment) {
    SettingsLoader loader = new SettingsLoader();
    String named = environment.getOrDefault("STELE_CONFIG", "");
    if (config != null) {
      loader.file(config);
    } else if (!named.isEmpty()) {
      loader.file(Path.of(named));
    }
    loader.environment(environment);
    flag(loader, "--server-name", "server_name", serverName);
    flag(loader, "--data-dir", "data_dir", dataDir);
    flag(loader, "--database-url", "database.url", databaseUrl);
    if (port != null) {
      loader.port("--port", port);
    }
    return loader.load();
  }

  private static void flag(
      SettingsLoader loader, String flag, String path, @Nullable String value) {
    if (value != null) {
      loader.flag(flag, path, value);
    }
  }
}
