package dev.stele.server.http;

import dev.stele.api.MatrixError;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpServerResponse;
import java.time.Duration;

/** Writes answers, with what every answer carries, and accounts for them. */
final class Responder {
  private static final CharSequence REQUEST_ID = HttpHeaders.createOptimized("X-Request-Id");
  private static final CharSequence JSON = HttpHeaders.createOptimized(JsonText.CONTENT_TYPE);

  /** What the log and the metrics say where nobody was left to get an answer. */
  private static final int CLIENT_GONE = 499;

  private final RequestMetrics metrics;

  Responder(RequestMetrics metrics) {
    this.metrics = metrics;
  }

  /** Answers; may be called on any thread, once per call. */
  void send(Call call, Reply reply) {
    if (Vertx.currentContext() == call.context) {
      write(call, reply);
    } else {
      call.context.runOnContext(nothing -> write(call, reply));
    }
  }

  void fail(Call call, Throwable failure) {
    if (failure instanceof ClientGone) {
      account(call, CLIENT_GONE);
    } else {
      send(call, Reply.error(Failures.answerTo(failure, call.requestId)));
    }
  }

  private void write(Call call, Reply reply) {
    HttpServerResponse response = call.request.response();
    if (response.closed() || response.ended()) {
      account(call, CLIENT_GONE);
      return;
    }
    response.setStatusCode(reply.status());
    Cors.addTo(response.headers());
    response.headers().set(REQUEST_ID, call.requestId);
    response.end(body(response, reply));
    account(call, reply.status());
  }

  private static Buffer body(HttpServerResponse response, Reply reply) {
    if (reply instanceof Reply.Json json) {
      response.headers().set(HttpHeaders.CONTENT_TYPE, JSON);
      return JsonText.write(json.body());
    }
    if (reply instanceof Reply.Bytes bytes) {
      response.headers().set(HttpHeaders.CONTENT_TYPE, bytes.contentType());
      return bytes.body();
    }
    MatrixError error = ((Reply.Failure) reply).error();
    response.headers().set(HttpHeaders.CONTENT_TYPE, JSON);
    if (error.fields().get("retry_after_ms") instanceof Number millis) {
      long seconds = Math.max(1, (millis.longValue() + 999) / 1000);
      response.headers().set(HttpHeaders.RETRY_AFTER, Long.toString(seconds));
    }
    return ErrorBody.of(error);
  }

  private void account(Call call, int status) {
    long nanos = System.nanoTime() - call.arrivedNanos;
    metrics.record(call.endpoint, status, Duration.ofNanos(nanos));
    AccessLog.answered(call, status, nanos);
  }
}
