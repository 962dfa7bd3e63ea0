package dev.stele.server.presence;

import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.LongSupplier;
import java.util.function.Predicate;

/**
 * The presences that there are, by the rooms through which they are told, and in the order in which
 * they changed. Bounded: what changed longest ago is forgotten. Thread-safe.
 */
final class PresenceNews {
  static final int MAX_USERS = 50_000;

  /** How many presences one answer tells at most. */
  private static final int MAX_TOLD = 1_000;

  private final Map<String, Told> users = new HashMap<>();
  private final NavigableMap<Long, String> order = new TreeMap<>();
  private final Map<String, Set<String>> rooms = new HashMap<>();

  private record Told(Presence presence, Set<String> rooms) {}

  /**
   * Takes a presence that has changed, which is told in these rooms from now on. It gets its count
   * here, so that whoever knows of the count finds the change.
   */
  synchronized void put(Presence changed, Collection<String> through, LongSupplier counter) {
    Presence presence = changed.counted(counter.getAsLong());
    remove(presence.userId());
    users.put(presence.userId(), new Told(presence, Set.copyOf(through)));
    order.put(presence.count(), presence.userId());
    through.forEach(
        room -> rooms.computeIfAbsent(room, id -> new HashSet<>()).add(presence.userId()));
    while (users.size() > MAX_USERS) {
      remove(order.firstEntry().getValue());
    }
  }

  /** Takes a user's activity, which is told only with their next change. */
  synchronized void touch(String userId, long lastActive) {
    Told told = users.get(userId);
    if (told != null) {
      Presence old = told.presence;
      Presence now = new Presence(userId, old.state(), old.status(), lastActive, old.count());
      users.put(userId, new Told(now, told.rooms));
    }
  }

  /** What has changed after a count for somebody who is in some rooms, oldest change first. */
  synchronized List<Presence> since(long count, Predicate<String> inRoom) {
    List<Presence> found = new ArrayList<>();
    for (String userId : order.tailMap(count, false).values()) {
      Told told = users.get(userId);
      if (told != null && told.rooms.stream().anyMatch(inRoom)) {
        found.add(told.presence);
        if (found.size() == MAX_TOLD) {
          break;
        }
      }
    }
    return found;
  }

  /** Everybody in these rooms who is not offline. */
  synchronized List<Presence> present(Collection<String> inRooms) {
    Set<String> ids = new LinkedHashSet<>();
    for (String room : inRooms) {
      ids.addAll(rooms.getOrDefault(room, Set.of()));
    }
    List<Presence> found = new ArrayList<>();
    for (String userId : ids) {
      Told told = users.get(userId);
      if (told != null && told.presence.state() != Presence.State.OFFLINE) {
        found.add(told.presence);
        if (found.size() == MAX_TOLD) {
          break;
        }
      }
    }
    return found;
  }

  private void remove(String userId) {
    Told told = users.remove(userId);
    if (told == null) {
      return;
    }
    order.remove(told.presence.count());
    for (String room : told.rooms) {
      Set<String> there = rooms.get(room);
      if (there != null && there.remove(userId) && there.isEmpty()) {
        rooms.remove(room);
      }
    }
  }
}
