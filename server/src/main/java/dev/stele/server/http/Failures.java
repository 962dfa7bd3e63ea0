package dev.stele.server.http;

import dev.stele.api.ErrorCode;
import dev.stele.api.MatrixError;
import dev.stele.eventstore.Overloaded;
import dev.stele.eventstore.Unavailable;
import dev.stele.eventstore.postgres.DatabaseOutage;
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
      return overload();
    }
    if (failure instanceof Unavailable || DatabaseOutage.is(failure)) {
      // Whoever has noticed has said so once for all requests that it concerns.
      return outage();
    }
    log.atError()
        .addKeyValue("request_id", requestId)
        .setCause(failure)
        .log("Request {} failed", requestId);
    return MatrixError.of(ErrorCode.UNKNOWN, "Internal server error, request " + requestId);
  }

  /** The answer where more is asked than can be done. */
  static MatrixError overload() {
    return MatrixError.of(ErrorCode.LIMIT_EXCEEDED, "The server is busy")
        .withField("retry_after_ms", RETRY_AFTER_OVERLOAD_MILLIS);
  }

  /** The answer where what the request needs is not there for now. */
  static MatrixError outage() {
    return MatrixError.of(ErrorCode.UNKNOWN, "The server has no access to its data at the moment")
        .withStatus(503)
        .withField("retry_after_ms", RETRY_AFTER_OUTAGE_MILLIS);
  }
}
