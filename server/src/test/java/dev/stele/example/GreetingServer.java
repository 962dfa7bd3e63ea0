package dev.stele.example;

import dev.stele.server.Embedding;
import dev.stele.server.Homeserver;
import dev.stele.server.settings.Settings;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.ext.web.Router;

/** A homeserver with a route of the application's on its listeners. */
final class GreetingServer {
  private GreetingServer() {}

  static Future<Homeserver> start(Vertx vertx, Settings settings) {
    Router router = Router.router(vertx);
    router.get("/greeting").handler(context -> context.end("Hello"));
    return Homeserver.deploy(vertx, settings, Embedding.listeningWith(router));
  }
}
