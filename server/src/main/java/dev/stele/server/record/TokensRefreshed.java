package dev.stele.server.record;

import org.jspecify.annotations.Nullable;

/**
 * A device got new tokens for a refresh token. They are its next ones: those that it has stay valid
 * until one of the new ones is used. Next ones that it had not used are void.
 *
 * @param userId the user
 * @param deviceId the device
 * @param usedHash the hash of the refresh token that was used: the device's current one, or its
 *     next one, which then becomes the current one together with its access token
 * @param tokenHash the hash of the next access token
 * @param expiresAt when that expires, in milliseconds since the Unix epoch; null if never
 * @param refreshHash the hash of the next refresh token
 */
public record TokensRefreshed(
    String userId,
    String deviceId,
    String usedHash,
    String tokenHash,
    @Nullable Long expiresAt,
    String refreshHash)
    implements Fact {
  @Override
  public String stream() {
    return Fact.userStream(userId);
  }
}
