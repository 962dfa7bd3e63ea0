package dev.stele.server.http;

import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;

/** {@code /metrics} for Prometheus. */
public final class MetricsResource implements Resource {
  private static final String TEXT = "text/plain; version=0.0.4; charset=utf-8";

  private final Vertx vertx;
  private final PrometheusMeterRegistry registry;

  public MetricsResource(Vertx vertx, PrometheusMeterRegistry registry) {
    this.vertx = vertx;
    this.registry = registry;
  }

  @Override
  public void bind(Bindings bindings) {
    bindings.onPlain("/metrics", request -> scrape());
  }

  /** Writing out thousands of lines is too long for an event loop. */
  private Future<Reply> scrape() {
    return vertx
        .executeBlocking(registry::scrape)
        .map(text -> Reply.bytes(200, TEXT, Buffer.buffer(text)));
  }
}
