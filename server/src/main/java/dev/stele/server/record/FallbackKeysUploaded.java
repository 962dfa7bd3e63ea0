package dev.stele.server.record;

import com.fasterxml.jackson.databind.JsonNode;
import org.jspecify.annotations.Nullable;

/**
 * A device published fallback keys; each replaces the one that the device had of its algorithm.
 *
 * @param userId the user
 * @param deviceId the device
 * @param keys the keys by their ids, {@code <algorithm>:<id>}; at least one, and one of each
 *     algorithm
 */
public record FallbackKeysUploaded(
    String userId, String deviceId, @Erasable @Nullable JsonNode keys) implements Fact {
  @Override
  public String stream() {
    return Fact.userStream(userId);
  }
}
