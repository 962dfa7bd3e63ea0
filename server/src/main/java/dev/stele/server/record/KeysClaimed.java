package dev.stele.server.record;

import dev.stele.eventstore.Claim;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Keys of a user's devices were handed out: one-time keys, each of which is gone with it, and
 * fallback keys, which are used from then on. Appended before whoever asked is answered.
 *
 * @param userId the user whose devices the keys are of
 * @param keys the keys, at least one
 */
public record KeysClaimed(String userId, List<ClaimedKey> keys) implements Fact {
  public KeysClaimed {
    keys = List.copyOf(keys);
  }

  /**
   * A key that was handed out.
   *
   * @param deviceId the device that the key is of
   * @param keyId the key's id, {@code <algorithm>:<id>}
   * @param uploaded the position of the record that the key came with, which tells it from an older
   *     one of the same name
   * @param digest what tells a one-time key from every other; null for a fallback key
   */
  public record ClaimedKey(String deviceId, String keyId, long uploaded, @Nullable String digest) {}

  @Override
  public String stream() {
    return Fact.userStream(userId);
  }

  /** No other record may ever hand out one of these one-time keys. */
  @Override
  public List<Claim> claims() {
    return keys.stream()
        .filter(key -> key.digest() != null)
        .map(key -> Claims.oneTimeKey(userId, key))
        .toList();
  }
}
