package dev.stele.server.account;

import org.jspecify.annotations.Nullable;

/**
 * Whom an access token stands for.
 *
 * @param userId the user
 * @param deviceId the device that the token belongs to
 * @param admin whether the user may administer the server
 * @param guest whether it is a guest account
 * @param tokenHash the token's hash
 * @param expiresAt when the token expires, in milliseconds since the Unix epoch; null if never
 */
public record TokenOwner(
    String userId,
    String deviceId,
    boolean admin,
    boolean guest,
    String tokenHash,
    @Nullable Long expiresAt) {

  /** Whether the token is no longer valid at a time in milliseconds since the Unix epoch. */
  public boolean isExpiredAt(long millis) {
    return expiresAt != null && expiresAt <= millis;
  }
}
