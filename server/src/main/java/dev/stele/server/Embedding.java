package dev.stele.server;

import io.vertx.core.Handler;
import io.vertx.core.http.HttpServerRequest;
import org.jspecify.annotations.Nullable;

/**
 * How a homeserver takes part in an application.
 *
 * @param listens whether it listens where its settings say; if not, it is reached by {@link
 *     Homeserver#handler} alone
 * @param routes who serves what is not Matrix's on its listeners, such as a Vert.x Web router; null
 *     if nobody does
 */
public record Embedding(boolean listens, @Nullable Handler<HttpServerRequest> routes) {
  /** A homeserver with listeners of its own. */
  public static Embedding listening() {
    return new Embedding(true, null);
  }

  /** A homeserver that is mounted on a server of the application. */
  public static Embedding mounted() {
    return new Embedding(false, null);
  }

  /** A homeserver on whose listeners the application has routes of its own. */
  public static Embedding listeningWith(Handler<HttpServerRequest> routes) {
    return new Embedding(true, routes);
  }
}
