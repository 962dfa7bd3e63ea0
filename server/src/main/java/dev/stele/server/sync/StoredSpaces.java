package dev.stele.server.sync;

import dev.stele.server.event.EventCache;
import dev.stele.server.projection.Rooms;
import dev.stele.server.projection.StateRow;
import io.vertx.core.Future;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** What spaces hold, from the projections. Thread-safe. */
final class StoredSpaces {
  private static final long NOW = Long.MAX_VALUE - 1;

  private final Rooms rooms;
  private final EventCache events;

  StoredSpaces(Rooms rooms, EventCache events) {
    this.rooms = rooms;
    this.events = events;
  }

  /** The spaces as they are now, by id. */
  Future<Map<String, SpaceRooms>> load(Collection<String> spaces) {
    Map<String, SpaceRooms> loaded = new HashMap<>();
    Future<?> read = Future.succeededFuture();
    for (String space : spaces) {
      read = read.compose(done -> load(space)).onSuccess(found -> loaded.put(space, found));
    }
    return read.map(done -> loaded);
  }

  private Future<SpaceRooms> load(String space) {
    return rooms
        .stateAt(space, SpaceRooms.CHILD, NOW)
        .compose(rows -> events.at(positions(rows)))
        .map(
            children -> {
              SpaceRooms held = new SpaceRooms();
              children.values().forEach(child -> held.fold(child.pdu(), null));
              return held;
            });
  }

  private static Map<String, Long> positions(List<StateRow> rows) {
    Map<String, Long> positions = new HashMap<>();
    for (StateRow row : rows) {
      if (row.redactedBy() == null) {
        positions.put(row.eventId(), row.eventPosition());
      }
    }
    return positions;
  }
}
