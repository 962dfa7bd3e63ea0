package dev.stele.server.account;

import dev.stele.server.record.DeviceOpened;
import org.jspecify.annotations.Nullable;

/** A device that is logged in now, and its access token, which is told only once. */
public record OpenedDevice(String deviceId, String accessToken) {
  DeviceOpened fact(String userId, @Nullable String displayName) {
    return new DeviceOpened(userId, deviceId, AccessToken.hash(accessToken), displayName);
  }
}
