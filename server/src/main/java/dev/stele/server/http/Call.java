package dev.stele.server.http;

import dev.stele.api.Endpoint;
import io.vertx.core.Context;
import io.vertx.core.http.HttpServerRequest;
import org.jspecify.annotations.Nullable;

/** A request from its arrival to its answer. Of one event loop. */
final class Call {
  final HttpServerRequest request;
  final String requestId;
  final Context context;
  final long arrivedNanos;

  /** Set once the request is routed; null for what is no operation. */
  @Nullable Endpoint endpoint;

  Call(HttpServerRequest request, String requestId, Context context, long arrivedNanos) {
    this.request = request;
    this.requestId = requestId;
    this.context = context;
    this.arrivedNanos = arrivedNanos;
  }
}
