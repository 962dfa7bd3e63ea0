package dev.stele.server.http;

import io.opentelemetry.api.trace.Span;
import io.vertx.core.Vertx;
import io.vertx.core.internal.VertxInternal;

/** Says in the trace of a request, if there is one, what the request is. */
final class RequestSpans {
  private RequestSpans() {}

  /** Whether requests are traced by this Vert.x at all. */
  static boolean isOn(Vertx vertx) {
    return ((VertxInternal) vertx).tracer() != null;
  }

  /** To be called on the context of the request, once it is routed. */
  static void routed(Call call) {
    if (call.endpoint != null) {
      String path = call.endpoint.path();
      var unused =
          Span.current()
              .updateName(call.endpoint.method() + " " + path)
              .setAttribute("http.route", path)
              .setAttribute("stele.request_id", call.requestId);
    }
  }
}
