package dev.stele.server.sync;

import dev.stele.server.projection.EncryptionKeys;
import dev.stele.server.projection.KeyCounts;
import dev.stele.server.record.DevicesClosed;
import dev.stele.server.record.Entry;
import dev.stele.server.record.Fact;
import dev.stele.server.record.FallbackKeysUploaded;
import dev.stele.server.record.KeysClaimed;
import dev.stele.server.record.OneTimeKeysUploaded;
import io.vertx.core.Future;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What the devices that poll on an event loop have left of their one-time and fallback keys: read
 * on a device's first poll and folded from then on. Bounded. Belongs to that loop.
 */
final class LiveKeyCounts {
  private static final int MAX_USERS = 20_000;

  private final Loop loop;
  private final EncryptionKeys keys;
  private final Map<String, Map<String, Held>> users =
      new LinkedHashMap<>(16, 0.75f, true) {
        private static final long serialVersionUID = 1L;

        @Override
        protected boolean removeEldestEntry(Map.Entry<String, Map<String, Held>> eldest) {
          return size() > MAX_USERS;
        }
      };
  private final Map<List<String>, Loading> loading = new HashMap<>();

  LiveKeyCounts(Loop loop, EncryptionKeys keys) {
    this.loop = loop;
    this.keys = keys;
  }

  /**
   * What a device has left.
   *
   * @param changedAt the position of the last record that changed it, if it was seen here
   */
  record Held(KeyCounts counts, long changedAt) {
    Held after(Entry entry) {
      KeyCounts next = counts.after(entry);
      return next.equals(counts) ? this : new Held(next, entry.position());
    }
  }

  /** A device that is being looked up, and what has happened since that began. */
  private record Loading(List<Entry> since, Future<Held> held) {}

  /** The keys of how many users are held; about right on other threads. */
  int size() {
    return users.size();
  }

  /** What a device has left, as of now. */
  Future<Held> of(String userId, String deviceId) {
    Map<String, Held> devices = users.get(userId);
    Held known = devices == null ? null : devices.get(deviceId);
    if (known != null) {
      return Future.succeededFuture(known);
    }
    List<String> name = List.of(userId, deviceId);
    Loading pending = loading.get(name);
    if (pending != null) {
      return pending.held;
    }
    List<Entry> since = new ArrayList<>();
    Future<Held> held =
        loop.here(keys.counts(userId, deviceId))
            .map(
                counts -> {
                  Held current = new Held(counts, 0);
                  for (Entry entry : since) {
                    current = current.after(entry);
                  }
                  users.computeIfAbsent(userId, user -> new HashMap<>(2)).put(deviceId, current);
                  return current;
                });
    loading.put(name, new Loading(since, held));
    return held.onComplete(done -> loading.remove(name));
  }

  /**
   * Takes the next record.
   *
   * @return the user whose keys it concerns; null if it concerns nobody's
   */
  @Nullable String fold(Entry entry) {
    String user = userOf(entry.fact());
    if (user != null) {
      Map<String, Held> devices = users.get(user);
      if (devices != null) {
        devices.replaceAll((device, held) -> held.after(entry));
        if (entry.fact() instanceof DevicesClosed closed) {
          closed.deviceIds().forEach(devices::remove);
        }
      }
      loading.forEach(
          (name, pending) -> {
            if (name.get(0).equals(user)) {
              pending.since.add(entry);
            }
          });
    }
    return user;
  }

  private static @Nullable String userOf(Fact fact) {
    if (fact instanceof OneTimeKeysUploaded uploaded) {
      return uploaded.userId();
    } else if (fact instanceof FallbackKeysUploaded uploaded) {
      return uploaded.userId();
    } else if (fact instanceof KeysClaimed claimed) {
      return claimed.userId();
    } else if (fact instanceof DevicesClosed closed) {
      return closed.userId();
    }
    return null;
  }
}
