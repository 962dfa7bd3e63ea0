package dev.stele.server.http;

import dev.stele.api.ErrorCode;
import dev.stele.api.MatrixError;
import io.vertx.core.Future;
import io.vertx.core.MultiMap;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpServerResponse;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Writes answers, with what every answer carries, and accounts for them. */
final class Responder {
  private static final Logger log = LoggerFactory.getLogger(Responder.class);
  static final CharSequence REQUEST_ID = HttpHeaders.createOptimized("X-Request-Id");
  static final CharSequence JSON = HttpHeaders.createOptimized(JsonText.CONTENT_TYPE);

  /** What the log and the metrics say where nobody was left to get an answer. */
  private static final int CLIENT_GONE = 499;

  /** How often at most the log is told of requests that were given up. */
  private static final long REMINDER_NANOS = TimeUnit.MINUTES.toNanos(1);

  private final RequestMetrics metrics;
  private final AtomicLong toldAt = new AtomicLong(System.nanoTime() - REMINDER_NANOS);

  Responder(RequestMetrics metrics) {
    this.metrics = metrics;
  }

  /** Answers; may be called on any thread, once per call. */
  void send(Call call, Reply reply) {
    onLoop(call, () -> write(call, reply));
  }

  void fail(Call call, Throwable failure) {
    if (failure instanceof ClientGone) {
      if (call.answer()) {
        account(call, CLIENT_GONE);
      }
    } else {
      send(call, Reply.error(Failures.answerTo(failure, call.requestId)));
    }
  }

  /** Gives up a request that was not answered in time. To be called on its event loop. */
  void expire(Call call) {
    long told = toldAt.get();
    long now = System.nanoTime();
    if (now - told >= REMINDER_NANOS && toldAt.compareAndSet(told, now)) {
      log.warn(
          "Request {} waited too long for an answer, and so may others: is the database well?",
          call.requestId);
    }
    metrics.expired().increment();
    write(call, Reply.error(Failures.outage()));
  }

  /** What comes after an answer, such as one that was late, is dropped. */
  private void write(Call call, Reply reply) {
    if (call.answer()) {
      writeFirst(call, reply);
    }
  }

  private void writeFirst(Call call, Reply reply) {
    HttpServerResponse response = call.request.response();
    if (response.closed() || response.ended()) {
      account(call, CLIENT_GONE);
      return;
    }
    if (reply instanceof Reply.Streamed streamed) {
      stream(call, streamed);
      return;
    }
    Buffer body = body(call, reply);
    if (body == null) {
      writeFirst(call, Reply.error(MatrixError.of(ErrorCode.UNKNOWN, "Internal server error")));
      return;
    }
    addHead(call, reply);
    account(call, reply.status());
    sent(call, response.end(body));
  }

  private static void addHead(Call call, Reply reply) {
    HttpServerResponse response = call.request.response();
    response.setStatusCode(reply.status());
    MultiMap headers = response.headers();
    Cors.addTo(headers);
    headers.set(REQUEST_ID, call.requestId);
    addContentHeaders(headers, reply);
  }

  /** Everything happens on the call's event loop, whoever completes what. */
  private void stream(Call call, Reply.Streamed reply) {
    HttpServerResponse response = call.request.response();
    Function<Buffer, Future<Void>> outlet =
        piece -> {
          Promise<Void> written = Promise.promise();
          onLoop(
              call,
              () -> {
                if (!response.headWritten() && !response.isChunked()) {
                  addHead(call, reply);
                  response.setChunked(true);
                }
                response.write(piece).onComplete(written);
              });
          return written.future();
        };
    reply
        .pieces()
        .writeTo(outlet)
        .onComplete(done -> onLoop(call, () -> ended(call, done.cause())));
  }

  /** Ends what was streamed. */
  private void ended(Call call, @Nullable Throwable failure) {
    HttpServerResponse response = call.request.response();
    if (response.closed()) {
      account(call, CLIENT_GONE);
    } else if (failure == null) {
      account(call, 200);
      sent(call, response.end());
    } else if (!response.isChunked()) {
      writeFirst(call, Reply.error(Failures.answerTo(failure, call.requestId)));
    } else {
      log.error("The reply to request {} breaks off", call.requestId, failure);
      account(call, 500);
      sent(call, call.request.connection().close());
    }
  }

  private static void onLoop(Call call, Runnable action) {
    if (Vertx.currentContext() == call.context) {
      action.run();
    } else {
      call.context.runOnContext(nothing -> action.run());
    }
  }

  /** Null, and logged, for what cannot be encoded. */
  private static @Nullable Buffer body(Call call, Reply reply) {
    try {
      return encoded(reply);
    } catch (RuntimeException e) {
      log.error("The reply to request {} cannot be encoded", call.requestId, e);
      return null;
    }
  }

  private static Buffer encoded(Reply reply) {
    if (reply instanceof Reply.Json json) {
      return JsonText.write(json.body());
    }
    return reply instanceof Reply.Bytes bytes
        ? bytes.body()
        : ErrorBody.of(((Reply.Failure) reply).error());
  }

  private static void addContentHeaders(MultiMap headers, Reply reply) {
    if (reply instanceof Reply.Bytes bytes) {
      headers.set(HttpHeaders.CONTENT_TYPE, bytes.contentType());
      return;
    }
    headers.set(HttpHeaders.CONTENT_TYPE, JSON);
    String retryAfter = reply instanceof Reply.Failure failure ? retryAfter(failure.error()) : null;
    if (retryAfter != null) {
      headers.set(HttpHeaders.RETRY_AFTER, retryAfter);
    }
  }

  /** When to come again: in whole seconds, where an error says it in milliseconds. */
  static @Nullable String retryAfter(MatrixError error) {
    return error.fields().get("retry_after_ms") instanceof Number millis
        ? Long.toString(Math.max(1, (millis.longValue() + 999) / 1000))
        : null;
  }

  /** A reply that could not be written is the client's loss, and no news to anybody else. */
  private static void sent(Call call, Future<Void> written) {
    written.onFailure(e -> log.debug("The reply to request {} was lost", call.requestId, e));
  }

  private void account(Call call, int status) {
    long nanos = System.nanoTime() - call.arrivedNanos;
    metrics.record(call.endpoint, status, Duration.ofNanos(nanos));
    AccessLog.answered(call, status, nanos);
  }
}
