package dev.stele.server.http;

import dev.stele.api.MatrixError;
import io.vertx.core.Future;
import io.vertx.core.MultiMap;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.HttpServerResponse;

/**
 * The answer to a request that is one too many, made beforehand: it has to cost much less than what
 * it spares. What is left of the request is received and dropped.
 */
final class Refusal {
  private static final MatrixError ERROR = Failures.overload();
  private static final Buffer BODY = ErrorBody.of(ERROR);
  private static final CharSequence LENGTH =
      HttpHeaders.createOptimized(Integer.toString(BODY.length()));
  private static final CharSequence RETRY_AFTER =
      HttpHeaders.createOptimized(Responder.retryAfter(ERROR));

  private Refusal() {}

  /** To be called on the event loop of the request. */
  static void send(HttpServerRequest request, String requestId) {
    HttpServerResponse response = request.response().setStatusCode(ERROR.status());
    MultiMap headers = response.headers();
    Cors.addTo(headers);
    headers.set(Responder.REQUEST_ID, requestId);
    headers.set(HttpHeaders.CONTENT_TYPE, Responder.JSON);
    headers.set(HttpHeaders.CONTENT_LENGTH, LENGTH);
    headers.set(HttpHeaders.RETRY_AFTER, RETRY_AFTER);
    // Whether the client still reads it is the client's affair.
    Future<Void> unused = response.end(BODY);
  }
}
