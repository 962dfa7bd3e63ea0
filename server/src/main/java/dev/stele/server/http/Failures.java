package dev.stele.server.http;

import dev.stele.api.ErrorCode;
import dev.stele.api.MatrixError;
import dev.stele.eventstore.Overloaded;
import dev.stele.eventstore.Unavailable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The one place where what went wrong becomes an answer. */
final class Failures {
  private static final Logger log = LoggerFactory.getLogger(Failures.class);
  private static final long RETRY_AFTER_OVERLOAD_MILLIS = 500;

  private static final long RETRY_AFTER_OUTAGE_MILLIS = 2_000;

  private Failures() {}

  static MatrixError answerTo(Throwable failure, String requestId) {
    if (failure instanceof BadRequest refusal) {
      return refusal.error();
    }
    if (failure instanceof Overloaded) {
      return MatrixError.of(ErrorCode.LIMIT_EXCEEDED, "The server is busy")
          .withField("retry_after_ms", RETRY_AFTER_OVERLOAD_MILLIS);
    }
    if (failure instanceof Unavailable) {
      // The log has said so once for all requests that it concerns.
      return MatrixError.of(ErrorCode.UNKNOWN, "The server cannot reach its database")
          .withStatus(503)
          .withField("retry_after_ms", RETRY_AFTER_OUTAGE_MILLIS);
    }
    log.error("Request {} failed", requestId, failure);
    return MatrixError.of(ErrorCode.UNKNOWN, "Internal server error, request " + requestId);
  }
}
