package dev.stele.server.projection;

import dev.stele.server.record.Claims;
import dev.stele.server.record.RecordLog;
import dev.stele.server.record.RoomEvent;
import io.vertx.core.Future;
import io.vertx.sqlclient.Tuple;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** The redactions of one batch, and where the events that they redact stand. */
final class Redactions {
  private final Map<String, String> roomOf = new LinkedHashMap<>();

  void add(RoomEvent event) {
    if (event.redacts() != null) {
      roomOf.putIfAbsent(event.redacts(), event.roomId());
    }
  }

  /** Where the redacted events stand, each with the room that a redaction reaches. */
  Future<Positions> positions(RecordLog log) {
    if (roomOf.isEmpty()) {
      return Future.succeededFuture(new Positions(List.of(), List.of()));
    }
    return log.holders(roomOf.keySet().stream().map(Claims::event).toList())
        .map(
            holders -> {
              List<String> rooms = new ArrayList<>();
              List<Long> positions = new ArrayList<>();
              holders.forEach(
                  (claim, position) -> {
                    rooms.add(roomOf.get(claim.key()));
                    positions.add(position);
                  });
              return new Positions(rooms, positions);
            });
  }

  /** Rooms and positions, one of each an event. */
  record Positions(List<String> rooms, List<Long> positions) {
    boolean isEmpty() {
      return positions.isEmpty();
    }

    Tuple tuple() {
      return Tuple.tuple()
          .addArrayOfString(rooms.toArray(String[]::new))
          .addArrayOfLong(positions.toArray(Long[]::new));
    }
  }
}
