package dev.stele.eventstore.embedded;

import org.jspecify.annotations.Nullable;

/** PostgreSQL cannot be unpacked, initialised or started here; the message says why. */
public final class CannotRunPostgres extends RuntimeException {
  private static final long serialVersionUID = 1L;

  CannotRunPostgres(String message) {
    this(message, null);
  }

  CannotRunPostgres(String message, @Nullable Throwable cause) {
    super(message, cause);
  }
}
