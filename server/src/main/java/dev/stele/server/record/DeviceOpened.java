package dev.stele.server.record;

import org.jspecify.annotations.Nullable;

/**
 * A user logged in on a device. The device's earlier access and refresh tokens, if it had any, are
 * void. Of tokens only the SHA-256 in unpadded base64 is kept.
 *
 * @param userId the user
 * @param deviceId the device, new or known
 * @param tokenHash the hash of the access token
 * @param displayName the device's name, or null to keep the one it has
 * @param expiresAt when the access token expires, in milliseconds since the Unix epoch; null if
 *     never
 * @param refreshHash the hash of the refresh token, or null if there is none
 */
public record DeviceOpened(
    String userId,
    String deviceId,
    String tokenHash,
    @Erasable @Nullable String displayName,
    @Nullable Long expiresAt,
    @Nullable String refreshHash)
    implements Fact {
  @Override
  public String stream() {
    return Fact.userStream(userId);
  }
}
