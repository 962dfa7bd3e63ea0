package dev.stele.server.sync;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import dev.stele.server.event.ShownEvent;
import dev.stele.server.filter.RoomEventFilter;
import dev.stele.stateres.event.Pdu;
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

  private final Cache<Key, Map<String, Long>> known =
      Caffeine.newBuilder().maximumSize(MAX_SETS).executor(Runnable::run).build();

  private record Key(String userId, String deviceId, String roomId) {}

  /** Of these members, those whom the client has to be shown. */
  Set<String> unknown(SyncRequest request, String roomId, Collection<String> members) {
    Set<String> unknown = new HashSet<>(members);
    Map<String, Long> shown = known.getIfPresent(key(request, roomId));
    if (shown != null && !filter(request).includeRedundantMembers()) {
      shown.values().removeIf(upTo -> upTo > request.after());
      unknown.removeAll(shown.keySet());
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
      Map<String, Long> members = known.get(key, id -> new ConcurrentHashMap<>());
      remember(slice.state(), members, upTo);
      if (!request.stateAfter()) {
        remember(slice.timeline(), members, upTo);
      }
    }
  }

  private static void remember(List<ShownEvent> events, Map<String, Long> members, long upTo) {
    for (ShownEvent event : events) {
      Pdu pdu = event.event().pdu();
      String member = pdu.stateKey();
      if (member != null && pdu.type().equals("m.room.member") && members.size() < MAX_MEMBERS) {
        members.putIfAbsent(member, upTo);
      }
    }
  }

  private static RoomEventFilter filter(SyncRequest request) {
    return request.filter().room().state();
  }

  private static Key key(SyncRequest request, String roomId) {
    return new Key(request.viewer().userId(), request.viewer().deviceId(), roomId);
  }
}
