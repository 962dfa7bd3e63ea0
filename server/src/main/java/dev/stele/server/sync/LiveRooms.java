package dev.stele.server.sync;

import dev.stele.server.event.EventCache;
import dev.stele.server.event.KnownEvent;
import dev.stele.server.projection.EventRow;
import dev.stele.server.sync.Window.RecentEvent;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The rooms that an event loop remembers, and the present member events of those who spoke there
 * lately. Bounded; what is forgotten is read again. Belongs to that loop.
 */
final class LiveRooms {
  private static final int MAX_ROOMS = 10_000;
  private static final int MAX_MEMBERS = 50_000;
  private static final int MAX_FACTS = 50_000;
  private static final int MAX_SPACES = 2_000;

  private final EventCache events;
  private final Map<String, LiveRoom> rooms = new Bounded<>(MAX_ROOMS);
  private final Map<String, RoomFacts> facts = new Bounded<>(MAX_FACTS);
  private final Map<String, SpaceRooms> spaces = new Bounded<>(MAX_SPACES);
  private final Map<Member, EventRow> members = new Bounded<>(MAX_MEMBERS);

  LiveRooms(EventCache events) {
    this.events = events;
  }

  private record Member(String roomId, String userId) {}

  /** How much is held of each kind; about right on other threads. */
  record Held(int rooms, int facts, int spaces, int members) {}

  /** How much is held; about right on other threads. */
  Held held() {
    return new Held(rooms.size(), facts.size(), spaces.size(), members.size());
  }

  /** Those of these rooms that are in memory, by id. */
  Map<String, LiveRoom> present(Collection<String> roomIds) {
    Map<String, LiveRoom> present = new HashMap<>();
    for (String roomId : roomIds) {
      LiveRoom room = rooms.get(roomId);
      if (room != null && !room.isStale()) {
        present.put(roomId, room);
      }
    }
    return present;
  }

  /** Keeps a room that was loaded, once it has seen what happened meanwhile. */
  void put(String roomId, LiveRoom room, List<RecentEvent> since) {
    since.forEach(recent -> fold(room, recent));
    rooms.put(roomId, room);
  }

  /** The facts of those of these rooms that are in memory, by id. */
  Map<String, RoomFacts> facts(Collection<String> roomIds) {
    Map<String, RoomFacts> present = new HashMap<>();
    for (String roomId : roomIds) {
      RoomFacts known = facts.get(roomId);
      if (known != null) {
        present.put(roomId, known);
      }
    }
    return present;
  }

  /** Keeps facts that were loaded, once they include what happened meanwhile. */
  void put(String roomId, RoomFacts loaded, List<RecentEvent> since) {
    since.forEach(recent -> loaded.fold(recent.position, recent.event.pdu()));
    facts.put(roomId, loaded);
  }

  /** Those of these spaces that are in memory, by id. */
  Map<String, SpaceRooms> spaces(Collection<String> spaceIds) {
    Map<String, SpaceRooms> present = new HashMap<>();
    for (String spaceId : spaceIds) {
      SpaceRooms known = spaces.get(spaceId);
      if (known != null) {
        present.put(spaceId, known);
      }
    }
    return present;
  }

  /** Keeps a space that was loaded, once it includes what happened meanwhile. */
  void put(String spaceId, SpaceRooms loaded, List<RecentEvent> since) {
    since.forEach(recent -> loaded.fold(recent.event.pdu(), recent.event.redacts()));
    spaces.put(spaceId, loaded);
  }

  /** Takes the next event of the log. */
  void fold(RecentEvent recent) {
    String user = recent.event.pdu().stateKey();
    if (user != null && recent.event.pdu().type().equals("m.room.member")) {
      keep(recent.event.roomId(), recent.row());
    }
    RoomFacts known = facts.get(recent.event.roomId());
    if (known != null) {
      known.fold(recent.position, recent.event.pdu());
    }
    SpaceRooms space = spaces.get(recent.event.roomId());
    if (space != null) {
      space.fold(recent.event.pdu(), recent.event.redacts());
    }
    LiveRoom room = rooms.get(recent.event.roomId());
    if (room != null) {
      fold(room, recent);
    }
  }

  /** The present member event of a user, if it is in memory. */
  @Nullable EventRow member(String roomId, String userId) {
    return members.get(new Member(roomId, userId));
  }

  /** Remembers a present member event, unless a newer one is known. */
  void keep(String roomId, EventRow row) {
    String user = row.stateKey();
    if (user != null) {
      EventRow unused =
          members.merge(
              new Member(roomId, user),
              row,
              (known, other) -> known.position() > other.position() ? known : other);
    }
  }

  private void fold(LiveRoom room, RecentEvent recent) {
    String replaces = recent.event.replaces();
    KnownEvent replaced = replaces == null ? null : events.ifPresent(replaces);
    room.fold(recent.known(), recent.row(), replaced);
  }

  List<String> missing(Collection<String> roomIds) {
    Map<String, LiveRoom> present = present(roomIds);
    return new ArrayList<>(roomIds.stream().filter(room -> !present.containsKey(room)).toList());
  }

  /** Forgets what was not asked for longest. */
  private static final class Bounded<K, V> extends LinkedHashMap<K, V> {
    private static final long serialVersionUID = 1L;

    private final int max;

    Bounded(int max) {
      super(16, 0.75f, true);
      this.max = max;
    }

    @Override
    protected boolean removeEldestEntry(Map.Entry<K, V> eldest) {
      return size() > max;
    }
  }
}
