package dev.stele.server.account;

import dev.stele.server.record.DeviceOpened;
import org.jspecify.annotations.Nullable;

/**
 * A device that is logged in now, and its tokens, which are told only once.
 *
 * @param deviceId the device
 * @param accessToken its access token
 * @param refreshToken its refresh token, or null if it does not refresh
 * @param lifetimeMillis how long the access token is valid; null for ever
 * @param expiresAt when it expires, in milliseconds since the Unix epoch; null if never
 */
public record OpenedDevice(
    String deviceId,
    String accessToken,
    @Nullable String refreshToken,
    @Nullable Long lifetimeMillis,
    @Nullable Long expiresAt) {
  DeviceOpened fact(String userId, @Nullable String displayName) {
    return new DeviceOpened(
        userId,
        deviceId,
        SecretToken.hash(accessToken),
        displayName,
        expiresAt,
        refreshToken == null ? null : SecretToken.hash(refreshToken));
  }
}
