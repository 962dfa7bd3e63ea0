package dev.stele.server.presence;

import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
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

  /** Through how many rooms presences are told, counted for each user. */
  static final int MAX_PLACES = 300_000;

  /** How many arrivals are remembered. */
  private static final int MAX_ARRIVALS = 10_000;

  /** How many presences one answer tells at most. */
  private static final int MAX_TOLD = 1_000;

  private final Map<String, Told> users = new HashMap<>();
  private final NavigableMap<Long, String> order = new TreeMap<>();
  private final Map<String, Set<String>> rooms = new HashMap<>();

  /** Who has come into which room, by the count at which they did. */
  private final NavigableMap<Long, Arrival> arrivals = new TreeMap<>();

  private int places;

  private record Told(Presence presence, Set<String> rooms) {}

  private record Arrival(String userId, String roomId) {}

  /**
   * Takes a presence that has changed, which is told in these rooms from now on. It gets its count
   * here, so that whoever knows of the count finds the change.
   */
  synchronized void put(Presence changed, Collection<String> through, LongSupplier counter) {
    Presence presence = changed.counted(counter.getAsLong());
    remove(presence.userId());
    Told told = new Told(presence, Set.copyOf(through));
    users.put(presence.userId(), told);
    places += told.rooms.size();
    order.put(presence.count(), presence.userId());
    told.rooms.forEach(
        room -> rooms.computeIfAbsent(room, id -> new HashSet<>()).add(presence.userId()));
    forgetOldest();
  }

  /** Through how many rooms they are told, counted for each user. */
  synchronized int places() {
    return places;
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

  /** Whether a user's presence is told in a room. */
  synchronized boolean isTold(String userId, String roomId) {
    Told told = users.get(userId);
    return told != null && told.rooms.contains(roomId);
  }

  /** A user whose presence is known has come into a room, through which it is told from now on. */
  synchronized void arrived(String userId, String roomId, LongSupplier counter) {
    Told told = users.get(userId);
    if (told == null || told.rooms.contains(roomId)) {
      return;
    }
    Set<String> through = new HashSet<>(told.rooms);
    through.add(roomId);
    users.put(userId, new Told(told.presence, through));
    places++;
    rooms.computeIfAbsent(roomId, id -> new HashSet<>()).add(userId);
    arrivals.put(counter.getAsLong(), new Arrival(userId, roomId));
    if (arrivals.size() > MAX_ARRIVALS) {
      arrivals.pollFirstEntry();
    }
    forgetOldest();
  }

  /** A user has gone out of a room, through which they are not told of any more. */
  synchronized void departed(String userId, String roomId) {
    Told told = users.get(userId);
    if (told != null && told.rooms.contains(roomId)) {
      Set<String> through = new HashSet<>(told.rooms);
      through.remove(roomId);
      places--;
      users.put(userId, new Told(told.presence, through));
      leave(userId, roomId);
    }
  }

  /**
   * What has changed after a count for somebody who is in some rooms, or who has come into one of
   * them, oldest change first.
   */
  synchronized List<Presence> since(long count, Predicate<String> inRoom) {
    Map<String, Presence> found = new LinkedHashMap<>();
    for (String userId : order.tailMap(count, false).values()) {
      Told told = users.get(userId);
      if (told != null && found.size() < MAX_TOLD && told.rooms.stream().anyMatch(inRoom)) {
        found.put(userId, told.presence);
      }
    }
    for (Arrival arrival : arrivals.tailMap(count, false).values()) {
      Told told = users.get(arrival.userId);
      if (told != null && found.size() < MAX_TOLD && inRoom.test(arrival.roomId)) {
        found.put(arrival.userId, told.presence);
      }
    }
    return List.copyOf(found.values());
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

  private void forgetOldest() {
    while (users.size() > MAX_USERS || (places > MAX_PLACES && users.size() > 1)) {
      remove(order.firstEntry().getValue());
    }
  }

  private void remove(String userId) {
    Told told = users.remove(userId);
    if (told == null) {
      return;
    }
    places -= told.rooms.size();
    order.remove(told.presence.count());
    told.rooms.forEach(room -> leave(userId, room));
  }

  private void leave(String userId, String roomId) {
    Set<String> there = rooms.get(roomId);
    if (there != null && there.remove(userId) && there.isEmpty()) {
      rooms.remove(roomId);
    }
  }
}
