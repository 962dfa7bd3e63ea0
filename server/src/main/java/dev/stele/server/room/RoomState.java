package dev.stele.server.room;

import dev.stele.server.projection.RoomSnapshot;
import dev.stele.stateres.event.Pdu;
import dev.stele.stateres.event.StateKey;
import dev.stele.stateres.resolve.StateMap;
import dev.stele.stateres.version.RoomVersion;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * A room as its next event will find it, as far as anybody has asked: a room that is read from the
 * log begins with no state at all, so that one of very many members is there as soon as any other.
 * Immutable.
 *
 * @param version the room's version
 * @param known the current state: the event id of each piece, or {@link #NONE}
 * @param whole whether the room has no other state than that
 * @param extremities the forward extremities, which the next event refers to
 * @param depth the greatest depth of the extremities; 0 in an empty room
 */
record RoomState(
    RoomVersion version,
    StateMap<String> known,
    boolean whole,
    List<String> extremities,
    long depth) {
  /** The greatest integer that canonical JSON can carry; depth stays there once it is reached. */
  private static final long MAX_DEPTH = (1L << 53) - 1;

  /** Stands for an event where there surely is none. */
  private static final String NONE = "";

  static RoomState empty(RoomVersion version) {
    return new RoomState(version, StateMap.empty(), true, List.of(), 0);
  }

  /** A room of whose state nothing is known yet. */
  static RoomState of(RoomSnapshot snapshot) {
    RoomVersion version = RoomVersion.of(snapshot.version()).orElseThrow();
    Map<String, Long> extremities = snapshot.extremities();
    long depth = extremities.values().stream().mapToLong(Long::longValue).max().orElse(0);
    return new RoomState(
        version, StateMap.empty(), false, List.copyOf(extremities.keySet()), depth);
  }

  /** Whether it is known what holds a piece of state, if anything does. */
  boolean knows(StateKey key) {
    return whole || known.get(key) != null;
  }

  /** The event that holds a piece of state that is known, or null. */
  @Nullable String at(StateKey key) {
    String eventId = known.get(key);
    return eventId == null || eventId.equals(NONE) ? null : eventId;
  }

  /**
   * The same room with more known of its state.
   *
   * @param asked the pieces that were asked for
   * @param found the event id of each that the room has
   */
  RoomState with(Set<StateKey> asked, Map<StateKey, String> found) {
    StateMap<String> more = known;
    for (StateKey key : asked) {
      more = more.put(key, found.getOrDefault(key, NONE));
    }
    return new RoomState(version, more, whole, extremities, depth);
  }

  /**
   * The same room, of whose state no more is known than what these events set: for what the log has
   * by now can be read again.
   */
  RoomState only(Collection<Pdu> events) {
    StateMap<String> fewer = StateMap.empty();
    for (Pdu event : events) {
      String eventId = event.isState() ? at(event.key()) : null;
      if (eventId != null) {
        fewer = fewer.put(event.key(), eventId);
      }
    }
    return new RoomState(version, fewer, false, extremities, depth);
  }

  /** The depth of the next event. */
  long nextDepth() {
    return Math.min(depth + 1, MAX_DEPTH);
  }

  /** The room after an accepted event that refers to all extremities. */
  RoomState after(Pdu event) {
    String stateKey = event.stateKey();
    StateMap<String> state =
        stateKey == null ? known : known.put(new StateKey(event.type(), stateKey), event.eventId());
    return new RoomState(version, state, whole, List.of(event.eventId()), event.depth());
  }
}
