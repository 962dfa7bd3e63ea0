package dev.stele.server.record;

import java.util.List;

/**
 * A user logged out of devices, or removed them. Their access tokens are void.
 *
 * @param userId the user
 * @param deviceIds the devices, at least one
 */
public record DevicesClosed(String userId, List<String> deviceIds)
    implements Fact, DeviceListChange {
  @Override
  public String stream() {
    return Fact.userStream(userId);
  }
}
