package dev.stele.server.sliding;

import dev.stele.api.ErrorCode;
import dev.stele.api.MatrixError;

/** A request that cannot be answered, and what its client is told. Costs no stack trace. */
public final class InvalidSlidingRequest extends RuntimeException {
  private static final long serialVersionUID = 1L;

  private final transient MatrixError error;

  InvalidSlidingRequest(ErrorCode code, String message) {
    super(message, null, false, false);
    this.error = MatrixError.of(code, message);
  }

  /** {@code M_BAD_JSON} for a wrong type, {@code M_INVALID_PARAM} for a wrong value. */
  public MatrixError error() {
    return error;
  }
}
