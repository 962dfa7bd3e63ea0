package dev.stele.server.sync;

import dev.stele.server.projection.ManyRooms;
import dev.stele.server.projection.RoomSpan;
import dev.stele.server.projection.StateRow;
import io.vertx.core.Future;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

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
    return spans.isEmpty()
        ? butMembers(spans)
        : rooms
            .withMembers(spans.stream().map(RoomSpan::roomId).toList(), MAX_ROWS)
            .compose(large -> read(spans, large));
  }

  /**
   * The same.
   *
   * @param known rooms of which it is known that they are large
   */
  private Future<Found> read(List<RoomSpan> spans, Set<String> known) {
    List<RoomSpan> others = spans.stream().filter(span -> !known.contains(span.roomId())).toList();
    return some(others)
        .compose(
            rows -> {
              Set<String> large = new HashSet<>(known);
              others.stream()
                  .map(RoomSpan::roomId)
                  .filter(room -> rows.getOrDefault(room, List.of()).size() == MAX_ROWS)
                  .forEach(large::add);
              rows.keySet().removeAll(large);
              return butMembers(
                      spans.stream().filter(span -> large.contains(span.roomId())).toList(), large)
                  .map(
                      found -> {
                        found.rows.putAll(rows);
                        return found;
                      });
            });
  }

  private Future<Map<String, List<StateRow>>> some(List<RoomSpan> spans) {
    return spans.isEmpty() ? Future.succeededFuture(new HashMap<>()) : rooms.state(spans, MAX_ROWS);
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
