package dev.stele.server.record;

import org.jspecify.annotations.Nullable;

/**
 * A device made a request. Written now and then, not for each one.
 *
 * @param userId the user
 * @param deviceId the device
 * @param ip the address that the request came from
 * @param ts when, in milliseconds since the Unix epoch
 */
public record DeviceSeen(String userId, String deviceId, @Erasable @Nullable String ip, long ts)
    implements Fact {
  @Override
  public String stream() {
    return Fact.userStream(userId);
  }
}
