package dev.stele.server.record;

import org.jspecify.annotations.Nullable;

/**
 * A user logged in on a device. The device's earlier access token, if it had one, is void.
 *
 * @param userId the user
 * @param deviceId the device, new or known
 * @param tokenHash the SHA-256 of the access token, in unpadded base64; the token itself is kept
 *     nowhere
 * @param displayName the device's name, or null to keep the one it has
 */
public record DeviceOpened(
    String userId, String deviceId, String tokenHash, @Erasable @Nullable String displayName)
    implements Fact {
  @Override
  public String stream() {
    return Fact.userStream(userId);
  }
}
