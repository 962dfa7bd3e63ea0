package dev.stele.testing;

import dev.stele.eventstore.embedded.FreshDatabases;
import dev.stele.server.Embedding;
import dev.stele.server.Homeserver;
import dev.stele.server.settings.Settings;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import java.nio.file.Path;

/**
 * Databases in which a homeserver has been once: all in one PostgreSQL of this JVM, copied from one
 * in which the tables were made.
 */
public final class TestDatabases {
  private TestDatabases() {}

  /**
   * The URL of a new database, with the tables of a homeserver of this name, and nothing in them.
   *
   * @param vertx for the homeserver that makes the tables, the first time
   * @param directory for the same one's state; it may be deleted afterwards
   */
  public static Future<String> fresh(Vertx vertx, String serverName, Path directory) {
    return FreshDatabases.ofThisJvm()
        .compose(
            databases ->
                databases.copy(
                    serverName, url -> prepare(vertx, settings(serverName, directory, url))));
  }

  private static Future<Void> prepare(Vertx vertx, Settings settings) {
    return Homeserver.deploy(vertx, settings, Embedding.mounted()).compose(Homeserver::close);
  }

  private static Settings settings(String serverName, Path directory, String url) {
    return Settings.fromYaml(
        "server_name: '%s'\ndata_dir: '%s'\ndatabase: { url: '%s' }\n"
            .formatted(serverName, directory.resolve("first"), url));
  }
}
