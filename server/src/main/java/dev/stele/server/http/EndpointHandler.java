package dev.stele.server.http;

import io.vertx.core.Future;

/** Serves one operation. */
@FunctionalInterface
public interface EndpointHandler {

  /**
   * Called on the event loop of the request; must not block. The future may complete on any thread.
   *
   * <p>What the request got wrong may be thrown, or fail the future, as a {@link BadRequest}. Any
   * other exception is a defect or an outage: it is logged and answered with {@code M_UNKNOWN}.
   */
  Future<Reply> handle(Exchange exchange);
}
