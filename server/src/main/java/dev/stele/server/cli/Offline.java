package dev.stele.server.cli;

import dev.stele.server.settings.Loaded;
import dev.stele.server.settings.Settings;
import io.vertx.core.Future;
import io.vertx.core.Vertx;

/** Work on the data of a server that does not run. */
record Offline(Operations operations, Terminal terminal) {

  /** One piece of such work. */
  @FunctionalInterface
  interface Work<T> {
    Future<T> start(Vertx vertx, Settings settings);
  }

  /** Does it with a Vert.x of its own, and waits for its end. */
  <T> T run(Loaded loaded, Work<T> work) {
    Logging.apply(loaded.settings().log());
    Vertx vertx = VertxProcess.start();
    try {
      return Waiting.on(work.start(vertx, loaded.settings()));
    } finally {
      Waiting.on(vertx.close());
    }
  }
}
