package dev.stele.server.filter;

import dev.stele.api.ErrorCode;
import dev.stele.api.MatrixError;

/** A filter that cannot be used, and what its client is told. Costs no stack trace. */
public final class InvalidFilter extends RuntimeException {
  private static final long serialVersionUID = 1L;

  private final transient MatrixError error;

  InvalidFilter(ErrorCode code, String message) {
    super(message, null, false, false);
    this.error = MatrixError.of(code, message);
  }

  /** {@code M_BAD_JSON} for a wrong type or form, {@code M_INVALID_PARAM} for a value too great. */
  public MatrixError error() {
    return error;
  }
}
