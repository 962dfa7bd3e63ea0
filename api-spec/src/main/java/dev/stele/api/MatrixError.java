package dev.stele.api;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * A refusal as the Matrix APIs put it. Client-server API, "Standard error response".
 *
 * @param status the HTTP status
 * @param code the {@code errcode}
 * @param message the {@code error}, a sentence for people
 * @param fields what else the error object carries, such as {@code retry_after_ms}; the values are
 *     strings, numbers, booleans, and lists and maps of them
 */
public record MatrixError(int status, ErrorCode code, String message, Map<String, Object> fields) {
  public MatrixError {
    if (status < 400 || status > 599) {
      throw new IllegalArgumentException("status: " + status + " (expected: 400-599)");
    }
    fields = Collections.unmodifiableMap(new LinkedHashMap<>(fields));
  }

  /** An error with the status that is usual for its code. */
  public static MatrixError of(ErrorCode code, String message) {
    return new MatrixError(code.status(), code, message, Map.of());
  }

  /** The same error with another HTTP status. */
  public MatrixError withStatus(int status) {
    return new MatrixError(status, code, message, fields);
  }

  /** The same error with one more field, or another value of one. */
  public MatrixError withField(String name, Object value) {
    var more = new LinkedHashMap<>(fields);
    more.put(name, value);
    return new MatrixError(status, code, message, more);
  }
}
