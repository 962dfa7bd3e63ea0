package dev.stele.server.http;

import dev.stele.api.ErrorCode;
import dev.stele.api.MatrixError;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.HttpVersion;
import org.jspecify.annotations.Nullable;

/**
 * Receives a request's body into memory, up to a limit and up to a deadline. Of a body that is too
 * large the rest is received and dropped, so that the client is free to read the refusal.
 */
final class BodyReader {
  private static final Buffer NO_BODY = Buffer.buffer(0);

  private final HttpServerRequest request;
  private final int limit;
  private final Deadlines<BodyReader> deadlines;
  private final Promise<Buffer> received = Promise.promise();
  private @Nullable Buffer body;
  private boolean tooLarge;

  BodyReader(HttpServerRequest request, int limit, Deadlines<BodyReader> deadlines) {
    this.request = request;
    this.limit = limit;
    this.deadlines = deadlines;
  }

  /** Must be called in the same turn in which the request arrived. */
  Future<Buffer> read() {
    deadlines.begin(this);
    request.handler(this::chunk).endHandler(nothing -> end()).exceptionHandler(this::broken);
    if (declaredLength() > limit) {
      refuse();
    } else if (isAwaitingContinue()) {
      request.response().writeContinue();
    }
    return received.future();
  }

  private void chunk(Buffer chunk) {
    if (tooLarge) {
      return;
    }
    if (lengthSoFar() + chunk.length() > limit) {
      refuse();
    } else {
      body = body == null ? chunk : body.appendBuffer(chunk);
    }
  }

  private int lengthSoFar() {
    return body == null ? 0 : body.length();
  }

  private void end() {
    deadlines.end(this);
    received.tryComplete(body == null ? NO_BODY : body);
  }

  private void broken(Throwable failure) {
    deadlines.end(this);
    received.tryFail(new ClientGone(failure));
  }

  private void refuse() {
    tooLarge = true;
    body = null;
    received.tryFail(
        new BadRequest(ErrorCode.TOO_LARGE, "The body is larger than " + limit + " bytes"));
  }

  /** Called when the deadline has passed: refuses at first, and hangs up the next time. */
  void expire() {
    var late = MatrixError.of(ErrorCode.UNKNOWN, "The body did not arrive in time");
    if (received.tryFail(new BadRequest(late.withStatus(408)))) {
      deadlines.begin(this);
    } else {
      hangUp();
    }
  }

  private void hangUp() {
    if (request.version() == HttpVersion.HTTP_2) {
      request.response().reset();
    } else {
      request.connection().close();
    }
  }

  private long declaredLength() {
    String length = request.getHeader(HttpHeaders.CONTENT_LENGTH);
    try {
      return length == null ? 0 : Long.parseLong(length);
    } catch (NumberFormatException e) {
      return 0;
    }
  }

  private boolean isAwaitingContinue() {
    String expectation = request.getHeader(HttpHeaders.EXPECT);
    return expectation != null && expectation.equalsIgnoreCase("100-continue");
  }
}
