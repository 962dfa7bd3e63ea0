package dev.stele.server.sync;

import dev.stele.server.projection.ManyRooms;
import dev.stele.server.projection.RoomSpan;
import dev.stele.server.projection.StateRow;
import io.vertx.core.Future;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

/** All state of many rooms at once, but for the members of those that have many. Thread-safe. */
final class WholeState {
  /** How many rows of a room to read at once; of larger rooms, the members are read later. */
  private static final int MAX_ROWS = 100;

  private final ManyRooms rooms;

  WholeState(ManyRooms rooms) {
    this.rooms = rooms;
  }

  /**
   * What was found.
   *
   * @param rows by room; rooms and rows may be added
   * @param large the rooms whose members are not among them, being too many
   */
  record Found(Map<String, List<StateRow>> rows, Set<String> large) {}

  /** All state; of large rooms without members. */
  Future<Found> read(List<RoomSpan> spans) {
    if (spans.isEmpty()) {
      return butMembers(spans);
    }
    return rooms
        .state(spans, MAX_ROWS)
        .compose(
            rows -> {
              List<RoomSpan> large =
                  spans.stream()
                      .filter(
                          span -> rows.getOrDefault(span.roomId(), List.of()).size() == MAX_ROWS)
                      .toList();
              Set<String> ids = large.stream().map(RoomSpan::roomId).collect(Collectors.toSet());
              rows.keySet().removeAll(ids);
              return butMembers(large, ids)
                  .map(
                      found -> {
                        found.rows.putAll(rows);
                        return found;
                      });
            });
  }

  /** All state without members. */
  Future<Found> butMembers(List<RoomSpan> spans) {
    return butMembers(spans, Set.of());
  }

  private Future<Found> butMembers(List<RoomSpan> spans, Set<String> large) {
    Future<Map<String, List<StateRow>>> found =
        spans.isEmpty() ? Future.succeededFuture(Map.of()) : rooms.stateButMembers(spans);
    return found.map(rows -> new Found(new HashMap<>(rows), large));
  }
}
