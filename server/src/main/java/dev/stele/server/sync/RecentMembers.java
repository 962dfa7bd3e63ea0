package dev.stele.server.sync;

import dev.stele.server.projection.EventRow;
import dev.stele.server.projection.ManyRooms;
import dev.stele.server.projection.RoomSpan;
import dev.stele.server.projection.StatePiece;
import dev.stele.server.projection.StateRow;
import io.vertx.core.Future;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/**
 * The members that a client which loads them lazily needs with new events: from what the event loop
 * remembers, and from the projection only those whom it has not met lately.
 */
final class RecentMembers {
  private final ManyRooms rooms;
  private final LazyMembers lazyMembers;

  RecentMembers(ManyRooms rooms, LazyMembers lazyMembers) {
    this.rooms = rooms;
    this.lazyMembers = lazyMembers;
  }

  /**
   * Whom a client needs.
   *
   * @param start the position before which the memberships are wanted
   * @param end where the view stands
   * @param users the members
   * @param changes the changes of the room's state that the client is told anyway
   */
  record Needed(String roomId, long start, long end, Set<String> users, List<StateRow> changes) {}

  Future<List<EventRow>> read(LiveView view, SyncRequest request, Needed needed) {
    if (!request.lazyMembers()) {
      return Future.succeededFuture(List.of());
    }
    List<EventRow> found = new ArrayList<>();
    List<StatePiece> missing = new ArrayList<>();
    RoomSpan span = new RoomSpan(needed.roomId, 0, needed.start, needed.end);
    for (String user : lazyMembers.unknown(request, needed.roomId, needed.users)) {
      EventRow known = view.rooms().remembered().member(needed.roomId, user);
      if (isTold(needed, user)) {
        continue;
      }
      if (known != null && known.position() < needed.start) {
        found.add(known);
      } else {
        missing.add(StatePiece.member(span, user));
      }
    }
    return missing.isEmpty()
        ? Future.succeededFuture(found)
        : view.here(rooms.pieces(missing))
            .map(
                pieces -> {
                  for (StateRow row : pieces.getOrDefault(needed.roomId, List.of())) {
                    take(view, needed, row, found);
                  }
                  return found;
                });
  }

  private static void take(LiveView view, Needed needed, StateRow row, List<EventRow> found) {
    EventRow event = row.event();
    if (row.until() == Long.MAX_VALUE) {
      view.rooms().remembered().keep(needed.roomId, event);
    }
    if (row.since() < needed.start && row.until() >= needed.start) {
      found.add(event);
    }
  }

  /** Whether the member event is among the changes that go before the timeline. */
  private static boolean isTold(Needed needed, String user) {
    return needed.changes.stream()
        .anyMatch(
            row ->
                row.since() < needed.start
                    && row.type().equals("m.room.member")
                    && row.stateKey().equals(user));
  }
}
