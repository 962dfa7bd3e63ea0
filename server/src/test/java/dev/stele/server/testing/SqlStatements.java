package dev.stele.server.testing;

import io.vertx.core.Context;
import io.vertx.core.Vertx;
import io.vertx.core.spi.tracing.SpanKind;
import io.vertx.core.spi.tracing.TagExtractor;
import io.vertx.core.spi.tracing.VertxTracer;
import io.vertx.core.tracing.TracingPolicy;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.function.BiConsumer;

/** Hears of every SQL statement that is sent in a Vert.x. Thread-safe. */
public final class SqlStatements implements VertxTracer<Object, Object> {
  private final Queue<String> sent = new ConcurrentLinkedQueue<>();

  /** A Vert.x whose statements are heard of here. */
  public Vertx vertx() {
    return Vertx.builder().withTracer(options -> this).build();
  }

  /**
   * What was asked of the tables and of the log since this was last called, but for what folds lock
   * before they change it.
   */
  public List<String> questions() {
    List<String> questions =
        sent.stream()
            .filter(sql -> sql.startsWith("SELECT") || sql.startsWith("WITH"))
            .filter(sql -> !sql.contains(" FOR UPDATE"))
            .filter(sql -> sql.contains("projection.") || sql.contains("log.record"))
            .toList();
    sent.clear();
    return questions;
  }

  @Override
  public <R> Object sendRequest(
      Context context,
      SpanKind kind,
      TracingPolicy policy,
      R request,
      String operation,
      BiConsumer<String, String> headers,
      TagExtractor<R> tagExtractor) {
    tagExtractor.extract(request).values().stream().map(String::strip).forEach(sent::add);
    return null;
  }
}
