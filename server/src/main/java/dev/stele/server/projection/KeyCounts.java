package dev.stele.server.projection;

import com.fasterxml.jackson.databind.JsonNode;
import dev.stele.server.record.DevicesClosed;
import dev.stele.server.record.Entry;
import dev.stele.server.record.Fact;
import dev.stele.server.record.FallbackKeysUploaded;
import dev.stele.server.record.KeysClaimed;
import dev.stele.server.record.KeysClaimed.ClaimedKey;
import dev.stele.server.record.OneTimeKeysUploaded;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * What one device has left of its one-time and fallback keys, as of a position of the log.
 * Immutable: whoever holds one, and is handed the log's records in order, keeps it current with
 * {@link #after} and need not ask the database again.
 *
 * @param userId the user
 * @param deviceId the device
 * @param asOf the position up to which this includes everything
 * @param oneTime how many one-time keys are left of each upload
 * @param fallback the fallback keys that were never handed out: for each algorithm, the position of
 *     the record that the key came with
 */
public record KeyCounts(
    String userId,
    String deviceId,
    long asOf,
    Map<Upload, Integer> oneTime,
    Map<String, Long> fallback) {
  private static final String OLM = "signed_curve25519";

  public KeyCounts {
    oneTime = Map.copyOf(oneTime);
    fallback = Map.copyOf(fallback);
  }

  /** The one-time keys of an algorithm that came with the record at a position. */
  public record Upload(String algorithm, long position) {}

  /** Whether a fact of this kind can change what some device has left. */
  public static boolean concerns(Fact fact) {
    return fact instanceof OneTimeKeysUploaded
        || fact instanceof FallbackKeysUploaded
        || fact instanceof KeysClaimed
        || fact instanceof DevicesClosed;
  }

  /**
   * How many one-time keys are left, by algorithm. That of Olm is always there, even when none is
   * left: clients upload more when they are told so, and not when they are told nothing.
   */
  public Map<String, Integer> oneTimeKeys() {
    Map<String, Integer> counts = new TreeMap<>();
    counts.put(OLM, 0);
    oneTime.forEach((upload, count) -> counts.merge(upload.algorithm(), count, Integer::sum));
    return counts;
  }

  /** The algorithms of which there is a fallback key that was never handed out. */
  public Set<String> unusedFallbackKeys() {
    return new TreeSet<>(fallback.keySet());
  }

  /**
   * What is left after a record: this object itself if the record is included already, or is of no
   * concern to the device.
   */
  public KeyCounts after(Entry entry) {
    if (entry.position() <= asOf) {
      return this;
    }
    Fact fact = entry.fact();
    if (fact instanceof OneTimeKeysUploaded uploaded) {
      return isOf(uploaded.userId(), uploaded.deviceId())
          ? withOneTimeKeys(uploaded.keys(), entry.position())
          : this;
    } else if (fact instanceof FallbackKeysUploaded uploaded) {
      return isOf(uploaded.userId(), uploaded.deviceId())
          ? withFallbackKeys(uploaded.keys(), entry.position())
          : this;
    } else if (fact instanceof KeysClaimed claimed) {
      return claimed.userId().equals(userId) ? without(claimed, entry.position()) : this;
    } else if (fact instanceof DevicesClosed closed) {
      return closed.userId().equals(userId) && closed.deviceIds().contains(deviceId)
          ? new KeyCounts(userId, deviceId, entry.position(), Map.of(), Map.of())
          : this;
    }
    return this;
  }

  private boolean isOf(String user, String device) {
    return user.equals(userId) && device.equals(deviceId);
  }

  private KeyCounts withOneTimeKeys(@Nullable JsonNode keys, long position) {
    Map<Upload, Integer> more = new HashMap<>(oneTime);
    if (keys != null) {
      keys.fieldNames()
          .forEachRemaining(
              id -> more.merge(new Upload(KeyIds.algorithm(id), position), 1, Integer::sum));
    }
    return new KeyCounts(userId, deviceId, position, more, fallback);
  }

  private KeyCounts withFallbackKeys(@Nullable JsonNode keys, long position) {
    Map<String, Long> more = new HashMap<>(fallback);
    if (keys != null) {
      keys.fieldNames().forEachRemaining(id -> more.put(KeyIds.algorithm(id), position));
    }
    return new KeyCounts(userId, deviceId, position, oneTime, more);
  }

  private KeyCounts without(KeysClaimed claimed, long position) {
    Map<Upload, Integer> left = new HashMap<>(oneTime);
    Map<String, Long> unused = new HashMap<>(fallback);
    for (ClaimedKey key : claimed.keys()) {
      if (key.deviceId().equals(deviceId)) {
        String algorithm = KeyIds.algorithm(key.keyId());
        if (key.digest() == null) {
          unused.remove(algorithm, key.uploaded());
        } else {
          left.computeIfPresent(
              new Upload(algorithm, key.uploaded()), (same, count) -> count > 1 ? count - 1 : null);
        }
      }
    }
    return new KeyCounts(userId, deviceId, position, left, unused);
  }
}
