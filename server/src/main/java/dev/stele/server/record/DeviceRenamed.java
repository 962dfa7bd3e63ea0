package dev.stele.server.record;

import org.jspecify.annotations.Nullable;

/**
 * A user gave a device another name, which others see beside its keys.
 *
 * @param userId the user
 * @param deviceId the device
 * @param displayName the name, or null for none
 * @param withoutKeys whether the device had no identity keys
 */
public record DeviceRenamed(
    String userId, String deviceId, @Erasable @Nullable String displayName, boolean withoutKeys)
    implements Fact, DeviceListChange {
  @Override
  public boolean looksDifferent() {
    return !withoutKeys;
  }

  @Override
  public String stream() {
    return Fact.userStream(userId);
  }
}
