package dev.stele.server.record;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The access token that a device has after a fact, which voids those that it had before.
 *
 * @param userId the user
 * @param deviceId the device
 * @param tokenHash the hash of the token; null if the device was logged out
 */
public record TokenChange(String userId, String deviceId, @Nullable String tokenHash) {

  /** What a fact changes, of each device that it is about. */
  public static List<TokenChange> of(Fact fact) {
    if (fact instanceof DeviceOpened opened) {
      return List.of(new TokenChange(opened.userId(), opened.deviceId(), opened.tokenHash()));
    } else if (fact instanceof TokensTaken taken) {
      return List.of(new TokenChange(taken.userId(), taken.deviceId(), taken.tokenHash()));
    } else if (fact instanceof DevicesClosed closed) {
      return closed.deviceIds().stream()
          .map(deviceId -> new TokenChange(closed.userId(), deviceId, null))
          .toList();
    }
    return List.of();
  }
}
