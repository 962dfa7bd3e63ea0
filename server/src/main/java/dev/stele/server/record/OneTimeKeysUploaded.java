package dev.stele.server.record;

import com.fasterxml.jackson.databind.JsonNode;
import org.jspecify.annotations.Nullable;

/**
 * A device published one-time keys.
 *
 * @param userId the user
 * @param deviceId the device
 * @param keys the keys by their ids, {@code <algorithm>:<id>}; only those that are new, at least
 *     one
 */
public record OneTimeKeysUploaded(String userId, String deviceId, @Erasable @Nullable JsonNode keys)
    implements Fact {
  @Override
  public String stream() {
    return Fact.userStream(userId);
  }
}
