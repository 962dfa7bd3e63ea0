package dev.stele.server.record;

import com.fasterxml.jackson.databind.JsonNode;
import org.jspecify.annotations.Nullable;

/**
 * A user left a device with the server that receives keys while no other is there, and that their
 * next one wakes up. It takes the place of an earlier one. MSC3814.
 *
 * @param userId the user
 * @param deviceId the device, which is open
 * @param deviceData the device's secrets, encrypted
 */
public record DehydratedDeviceStored(
    String userId, String deviceId, @Erasable @Nullable JsonNode deviceData) implements Fact {
  @Override
  public String stream() {
    return Fact.userStream(userId);
  }
}
