package dev.stele.server.account;

import dev.stele.api.MatrixError;
import org.jspecify.annotations.Nullable;

/** What became of a wish for an account. */
public sealed interface AccountCreated {
  /**
   * It exists.
   *
   * @param userId the full user id
   * @param device the device that is logged in, if that was asked for
   */
  record Made(String userId, @Nullable OpenedDevice device) implements AccountCreated {}

  /** It was refused; nothing was written. */
  record Refused(MatrixError error) implements AccountCreated {}
}
