package dev.stele.server.sync;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import dev.stele.server.event.ShownEvent;
import dev.stele.server.filter.RoomEventFilter;
import dev.stele.stateres.event.Pdu;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.binder.cache.CaffeineCacheMetrics;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Which members the devices that load members lazily have been shown lately, so that they are not
 * shown again. Of each it is known up to which position the answer went, so that a client which
 * comes back with an earlier token, because the answer was lost, is shown them again. Forgetting is
 * harmless: the member is shown once more. Client-server API, "Lazy-loading room members".
 * Thread-safe.
 */
final class LazyMembers {
  private static final int MAX_SETS = 100_000;
  private static final int MAX_MEMBERS = 1_000;

  private final Cache<Key, Shown> known =
      Caffeine.newBuilder().recordStats().maximumSize(MAX_SETS).executor(Runnable::run).build();

  private record Key(String userId, String deviceId, String roomId) {}

  /** The members that a device was shown, each with how far that answer went. */
  private static final class Shown {
    private final Map<String, Long> upTo = new ConcurrentHashMap<>();
    private long newest;

    synchronized void add(String member, long answeredUpTo) {
      if (upTo.size() < MAX_MEMBERS && upTo.putIfAbsent(member, answeredUpTo) == null) {
        newest = Math.max(newest, answeredUpTo);
      }
    }

    /** Forgets what was in answers that the client may not have got. */
    synchronized void forgetAfter(long position) {
      if (newest > position) {
        upTo.values().removeIf(answeredUpTo -> answeredUpTo > position);
        newest = position;
      }
    }
  }

  /** Of these members, those whom the client has to be shown. */
  Set<String> unknown(SyncRequest request, String roomId, Collection<String> members) {
    Set<String> unknown = new HashSet<>(members);
    Shown shown = known.getIfPresent(key(request, roomId));
    if (shown != null && !filter(request).includeRedundantMembers()) {
      shown.forgetAfter(request.after());
      unknown.removeIf(shown.upTo::containsKey);
    }
    return unknown;
  }

  /**
   * Remembers the members among what a client is shown.
   *
   * @param upTo how far the answer goes
   * @param anew whether it is the first that the client hears of the room
   */
  void shown(SyncRequest request, String roomId, Slice slice, long upTo, boolean anew) {
    if (filter(request).lazyLoadMembers()) {
      Key key = key(request, roomId);
      if (anew) {
        known.invalidate(key);
      }
      Shown members = known.get(key, id -> new Shown());
      remember(slice.state(), members, upTo);
      if (!request.stateAfter()) {
        remember(slice.timeline(), members, upTo);
      }
    }
  }

  private static void remember(List<ShownEvent> events, Shown members, long upTo) {
    for (ShownEvent event : events) {
      Pdu pdu = event.event().pdu();
      String member = pdu.stateKey();
      if (member != null && pdu.type().equals("m.room.member")) {
        members.add(member, upTo);
      }
    }
  }

  private static RoomEventFilter filter(SyncRequest request) {
    return request.filter().room().state();
  }

  private static Key key(SyncRequest request, String roomId) {
    return new Key(request.viewer().userId(), request.viewer().deviceId(), roomId);
  }

  /** Counts the clients whose members are known. */
  void monitor(MeterRegistry metrics) {
    CaffeineCacheMetrics.monitor(metrics, known, "stele.lazy_members");
  }
}
