package dev.stele.server.sync;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import dev.stele.server.event.ShownEvent;
import dev.stele.server.sync.Window.RecentEvent;
import dev.stele.stateres.event.Pdu;
import java.util.Collection;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Which members the devices that load members lazily have been shown lately, so that a message of
 * somebody known needs no look at the room's members. Forgetting is harmless: the member is shown
 * again. Thread-safe.
 */
final class LazyMembers {
  private static final int MAX_SETS = 100_000;
  private static final int MAX_MEMBERS = 1_000;

  private final Cache<Key, Set<String>> known = Caffeine.newBuilder().maximumSize(MAX_SETS).build();

  private record Key(String userId, String deviceId, String roomId) {}

  /** Whether the client has all members that it needs to show these events. */
  boolean knowsAll(SyncRequest request, String roomId, Collection<RecentEvent> events) {
    if (!lazy(request)) {
      return true;
    }
    Set<String> members = known.getIfPresent(key(request, roomId));
    return events.isEmpty()
        || (members != null
            && events.stream().allMatch(event -> members.contains(event.event.pdu().sender())));
  }

  /** Remembers the members among what a client is shown. */
  void shown(SyncRequest request, String roomId, Slice slice) {
    if (lazy(request)) {
      Set<String> members = known.get(key(request, roomId), id -> ConcurrentHashMap.newKeySet());
      remember(slice.state(), members);
      remember(slice.timeline(), members);
    }
  }

  private static void remember(List<ShownEvent> events, Set<String> members) {
    for (ShownEvent event : events) {
      Pdu pdu = event.event().pdu();
      String member = pdu.stateKey();
      if (member != null && pdu.type().equals("m.room.member") && members.size() < MAX_MEMBERS) {
        members.add(member);
      }
    }
  }

  private static boolean lazy(SyncRequest request) {
    return request.filter().room().state().lazyLoadMembers();
  }

  private static Key key(SyncRequest request, String roomId) {
    return new Key(request.viewer().userId(), request.viewer().deviceId(), roomId);
  }
}
