package dev.stele.server.backup;

import dev.stele.server.projection.StoredKey;
import dev.stele.server.record.BackedUpKey;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Those of some keys that are new to a backup or better than what it has.
 *
 * @param keys the keys
 * @param added how many of them are of sessions that the backup has no key of
 */
record BetterKeys(List<BackedUpKey> keys, int added) {
  private record Session(String roomId, String sessionId) {}

  static BetterKeys of(List<BackedUpKey> keys, List<StoredKey> standing) {
    Map<Session, StoredKey> known = new HashMap<>();
    standing.forEach(key -> known.put(new Session(key.roomId(), key.sessionId()), key));
    List<BackedUpKey> better = new ArrayList<>();
    int added = 0;
    for (BackedUpKey key : keys) {
      StoredKey old = known.get(new Session(key.roomId(), key.sessionId()));
      if (old == null) {
        added++;
      }
      if (isBetter(key, old)) {
        better.add(key);
      }
    }
    return new BetterKeys(List.copyOf(better), added);
  }

  /** The order that the specification gives; the projection stores keys by the same. */
  private static boolean isBetter(BackedUpKey key, @Nullable StoredKey old) {
    if (old == null) {
      return true;
    }
    if (key.verified() != old.verified()) {
      return key.verified();
    }
    return key.firstMessageIndex() == old.firstMessageIndex()
        ? key.forwardedCount() < old.forwardedCount()
        : key.firstMessageIndex() < old.firstMessageIndex();
  }
}
