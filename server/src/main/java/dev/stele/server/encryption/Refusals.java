package dev.stele.server.encryption;

import dev.stele.api.ErrorCode;
import dev.stele.api.MatrixError;
import java.util.Optional;

/** What is said about keys that cannot be stored. */
final class Refusals {
  private Refusals() {}

  static Optional<MatrixError> missing(String field) {
    return of(ErrorCode.MISSING_PARAM, "Missing: " + field);
  }

  static Optional<MatrixError> badJson(String message) {
    return of(ErrorCode.BAD_JSON, message);
  }

  static Optional<MatrixError> invalid(String message) {
    return of(ErrorCode.INVALID_PARAM, message);
  }

  static Optional<MatrixError> badSignature(String message) {
    return of(ErrorCode.INVALID_SIGNATURE, message);
  }

  static Optional<MatrixError> tooLarge(String message) {
    return of(ErrorCode.TOO_LARGE, message);
  }

  static Optional<MatrixError> of(ErrorCode code, String message) {
    return Optional.of(MatrixError.of(code, message));
  }
}
