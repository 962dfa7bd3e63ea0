package dev.stele.server.sync;

import dev.stele.server.projection.ManyRooms;
import dev.stele.server.projection.UserData;
import io.vertx.core.Future;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/** Which rooms have had news, from the projections. Thread-safe. */
final class ChangedRooms {
  private final ManyRooms rooms;
  private final UserData userData;

  ChangedRooms(ManyRooms rooms, UserData userData) {
    this.rooms = rooms;
    this.userData = userData;
  }

  /** Those of these rooms that have had events, changes of state or receipts after a position. */
  Future<Set<String>> after(List<String> roomIds, String userId, long after) {
    return Future.all(
            rooms.changed(roomIds, after), userData.roomsWithReceipts(roomIds, userId, after))
        .map(
            both -> {
              Set<String> changed = new HashSet<>(both.<Set<String>>resultAt(0));
              changed.addAll(both.resultAt(1));
              return changed;
            });
  }
}
