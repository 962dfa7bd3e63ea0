package dev.stele.server.sync;

import dev.stele.server.event.EventCache;
import dev.stele.server.event.KnownEvent;
import dev.stele.server.projection.FoundEvent;
import dev.stele.server.projection.ManyRooms;
import dev.stele.server.projection.RoomSpan;
import dev.stele.server.projection.StatePiece;
import dev.stele.server.projection.StateRow;
import io.vertx.core.Future;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** What lists of rooms are ordered and filtered by, from the projections. Thread-safe. */
final class StoredFacts {
  private static final long NOW = Long.MAX_VALUE - 1;

  private final ManyRooms rooms;
  private final EventCache events;

  StoredFacts(ManyRooms rooms, EventCache events) {
    this.rooms = rooms;
    this.events = events;
  }

  /** The facts of rooms as they are now, by room id. */
  Future<Map<String, RoomFacts>> load(Collection<String> roomIds) {
    List<RoomSpan> spans = roomIds.stream().map(room -> new RoomSpan(room, 0, 0, NOW)).toList();
    return Future.all(
            rooms.newest(spans, 1), rooms.newestOfTypes(roomIds, RoomFacts.BUMPING), state(roomIds))
        .compose(
            all -> {
              Map<String, List<StateRow>> state = all.resultAt(2);
              return creates(state)
                  .map(
                      creates ->
                          assemble(roomIds, all.resultAt(0), all.resultAt(1), state, creates));
            });
  }

  private Future<Map<String, List<StateRow>>> state(Collection<String> roomIds) {
    List<StatePiece> pieces = new ArrayList<>();
    for (String room : roomIds) {
      RoomSpan now = new RoomSpan(room, 0, NOW, NOW);
      pieces.add(new StatePiece(now, "m.room.create", ""));
      pieces.add(new StatePiece(now, "m.room.encryption", ""));
    }
    return rooms.pieces(pieces);
  }

  private Future<Map<String, KnownEvent>> creates(Map<String, List<StateRow>> state) {
    Map<String, Long> positions = new HashMap<>();
    for (List<StateRow> rows : state.values()) {
      for (StateRow row : rows) {
        if (row.type().equals("m.room.create")) {
          positions.put(row.eventId(), row.eventPosition());
        }
      }
    }
    return events.at(positions);
  }

  private static Map<String, RoomFacts> assemble(
      Collection<String> roomIds,
      Map<String, List<FoundEvent>> newest,
      Map<String, Long> bumps,
      Map<String, List<StateRow>> state,
      Map<String, KnownEvent> creates) {
    Map<String, RoomFacts> facts = new HashMap<>();
    for (String room : roomIds) {
      List<FoundEvent> last = newest.getOrDefault(room, List.of());
      List<StateRow> rows = state.getOrDefault(room, List.of());
      @Nullable KnownEvent create = null;
      boolean encrypted = false;
      for (StateRow row : rows) {
        encrypted |= row.type().equals("m.room.encryption");
        create = creates.getOrDefault(row.eventId(), create);
      }
      facts.put(
          room,
          new RoomFacts(
              last.isEmpty() ? 0 : last.get(0).row().position(),
              bumps.getOrDefault(room, 0L),
              encrypted,
              create == null ? null : create.pdu()));
    }
    return facts;
  }
}
