package dev.stele.server.room;

import dev.stele.server.projection.RoomSnapshot;
import dev.stele.server.projection.StateRow;
import dev.stele.stateres.event.Pdu;
import dev.stele.stateres.event.StateKey;
import dev.stele.stateres.resolve.StateMap;
import dev.stele.stateres.version.RoomVersion;
import java.util.List;
import java.util.Map;

/**
 * A room as its next event will find it. Immutable.
 *
 * @param version the room's version
 * @param current the current state: the event id of each piece
 * @param extremities the forward extremities, which the next event refers to
 * @param depth the greatest depth of the extremities; 0 in an empty room
 */
record RoomState(
    RoomVersion version, StateMap<String> current, List<String> extremities, long depth) {
  /** The greatest integer that canonical JSON can carry; depth stays there once it is reached. */
  private static final long MAX_DEPTH = (1L << 53) - 1;

  static RoomState empty(RoomVersion version) {
    return new RoomState(version, StateMap.empty(), List.of(), 0);
  }

  static RoomState of(RoomSnapshot snapshot) {
    RoomVersion version = RoomVersion.of(snapshot.version()).orElseThrow();
    StateMap<String> current = StateMap.empty();
    for (StateRow row : snapshot.state()) {
      current = current.put(new StateKey(row.type(), row.stateKey()), row.eventId());
    }
    Map<String, Long> extremities = snapshot.extremities();
    long depth = extremities.values().stream().mapToLong(Long::longValue).max().orElse(0);
    return new RoomState(version, current, List.copyOf(extremities.keySet()), depth);
  }

  /** The depth of the next event. */
  long nextDepth() {
    return Math.min(depth + 1, MAX_DEPTH);
  }

  /** The room after an accepted event that refers to all extremities. */
  RoomState after(Pdu event) {
    String stateKey = event.stateKey();
    StateMap<String> state =
        stateKey == null
            ? current
            : current.put(new StateKey(event.type(), stateKey), event.eventId());
    return new RoomState(version, state, List.of(event.eventId()), event.depth());
  }
}
