package dev.stele.server.record;

import java.util.List;

/**
 * A user logged out of devices, or removed them. Their access tokens are void.
 *
 * @param userId the user
 * @param deviceIds the devices, at least one
 * @param withoutKeys whether none of them had identity keys
 */
public record DevicesClosed(String userId, List<String> deviceIds, boolean withoutKeys)
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
