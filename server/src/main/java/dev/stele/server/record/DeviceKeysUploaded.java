package dev.stele.server.record;

import com.fasterxml.jackson.databind.JsonNode;
import org.jspecify.annotations.Nullable;

/**
 * A device published its identity keys, or other ones than before.
 *
 * @param userId the user
 * @param deviceId the device
 * @param keys the keys as they were uploaded, with the signature of the device itself and no other
 */
public record DeviceKeysUploaded(String userId, String deviceId, @Erasable @Nullable JsonNode keys)
    implements Fact, DeviceListChange {
  @Override
  public String stream() {
    return Fact.userStream(userId);
  }
}
