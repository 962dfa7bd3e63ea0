package dev.stele.server.account;

import dev.stele.api.ErrorCode;
import dev.stele.api.Limits;
import dev.stele.api.MatrixError;
import dev.stele.server.settings.Settings;
import java.util.Optional;

/**
 * What passwords people may choose.
 *
 * @param minimumLength in characters, 0 or more
 */
public record PasswordPolicy(int minimumLength) {
  /** The policy of a server. */
  public static PasswordPolicy of(Settings settings) {
    return new PasswordPolicy(
        settings.unsafe().noPasswordPolicy() ? 0 : settings.password().minimumLength());
  }

  /** What is wrong with a password, if anything. */
  public Optional<MatrixError> complaint(String password) {
    int length = password.codePointCount(0, password.length());
    if (length < minimumLength) {
      return Optional.of(
          MatrixError.of(
              ErrorCode.WEAK_PASSWORD,
              "The password must have at least " + minimumLength + " characters"));
    }
    return length > Limits.MAX_PASSWORD_CHARS
        ? Optional.of(
            MatrixError.of(
                ErrorCode.INVALID_PARAM,
                "The password must have at most " + Limits.MAX_PASSWORD_CHARS + " characters"))
        : Optional.empty();
  }
}
