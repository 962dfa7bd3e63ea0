package dev.stele.server.history;

import dev.stele.server.projection.EventRow;
import dev.stele.server.projection.Rooms;
import dev.stele.server.projection.TopologicalPoint;
import io.vertx.core.Future;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Where in a room's topological order tokens stand. Thread-safe. */
final class TokenPlaces {
  static final TopologicalPoint BEGINNING = new TopologicalPoint(0, 0);
  static final TopologicalPoint END = new TopologicalPoint(Long.MAX_VALUE, Long.MAX_VALUE);

  private final Rooms rooms;

  TokenPlaces(Rooms rooms) {
    this.rooms = rooms;
  }

  /** The point that a token stands before; the other one if there is no token. */
  Future<TopologicalPoint> point(
      String roomId, @Nullable PageToken token, TopologicalPoint otherwise) {
    if (token == null) {
      return Future.succeededFuture(otherwise);
    }
    if (token instanceof PageToken.Topological topological) {
      return Future.succeededFuture(topological.before());
    }
    long position = ((PageToken.Stream) token).position();
    return rooms.timelines().newest(roomId, 0, position, 1).map(TokenPlaces::after);
  }

  private static TopologicalPoint after(List<EventRow> newest) {
    if (newest.isEmpty()) {
      return BEGINNING;
    }
    EventRow row = newest.get(0);
    return new TopologicalPoint(row.depth(), row.position() + 1);
  }
}
