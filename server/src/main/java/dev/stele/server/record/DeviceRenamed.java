package dev.stele.server.record;

import org.jspecify.annotations.Nullable;

/**
 * A user gave a device another name, which others see beside its keys.
 *
 * @param userId the user
 * @param deviceId the device
 * @param displayName the name, or null for none
 */
public record DeviceRenamed(String userId, String deviceId, @Erasable @Nullable String displayName)
    implements Fact, DeviceListChange {
  @Override
  public String stream() {
    return Fact.userStream(userId);
  }
}
