package dev.stele.example;

import dev.stele.server.Embedding;
import dev.stele.server.Homeserver;
import dev.stele.server.settings.Settings;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpServer;
import io.vertx.ext.web.Router;
import java.nio.file.Path;

/** An application with routes of its own, in whose server a homeserver is mounted. */
record ChatApplication(Homeserver stele, HttpServer server) {
  static Future<ChatApplication> start(Vertx vertx, Path dataDir, String databaseUrl) {
    Settings settings =
        Settings.fromYaml(
            """
            server_name: example.org
            public_base_url: https://example.org
            data_dir: '%s'
            database: { url: '%s' }
            registration: { enabled: true }
            """
                .formatted(dataDir, databaseUrl));
    return Homeserver.deploy(vertx, settings, Embedding.mounted())
        .compose(
            stele -> {
              Router router = Router.router(vertx);
              router.get("/greeting").handler(context -> context.end("Hello"));
              router
                  .routeWithRegex("/(_matrix|_synapse|\\.well-known/matrix)/.*")
                  .handler(context -> stele.handler().handle(context.request()));
              return vertx
                  .createHttpServer()
                  .requestHandler(router)
                  .listen(0, "127.0.0.1")
                  .map(server -> new ChatApplication(stele, server));
            });
  }

  Future<Void> stop() {
    return server.close().eventually(stele::close);
  }
}
