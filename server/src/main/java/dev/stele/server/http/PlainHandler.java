package dev.stele.server.http;

import io.vertx.core.Future;
import io.vertx.core.http.HttpServerRequest;

/** Serves a path that is no part of the Matrix APIs, such as {@code /metrics}. */
@FunctionalInterface
public interface PlainHandler {

  /** Called on the event loop of the request; must not block. */
  Future<Reply> handle(HttpServerRequest request);
}
