package dev.stele.server.http;

import dev.stele.api.ErrorCode;
import dev.stele.api.MatrixError;

/** The request cannot be served as it is; carries the answer. Costs no stack trace. */
public final class BadRequest extends RuntimeException {
  private static final long serialVersionUID = 1L;

  private final transient MatrixError error;

  public BadRequest(MatrixError error) {
    super(error.code() + ": " + error.message(), null, false, false);
    this.error = error;
  }

  public BadRequest(ErrorCode code, String message) {
    this(MatrixError.of(code, message));
  }

  public MatrixError error() {
    return error;
  }
}
