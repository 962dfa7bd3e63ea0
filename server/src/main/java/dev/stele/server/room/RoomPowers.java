package dev.stele.server.room;

import dev.stele.server.event.EventCache;
import dev.stele.server.event.KnownEvent;
import dev.stele.server.projection.Rooms;
import dev.stele.server.projection.StateRow;
import dev.stele.stateres.auth.PowerLevels;
import dev.stele.stateres.event.Pdu;
import io.vertx.core.Future;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Who has which power in a room as it stands, for what is decided outside of it. Thread-safe. */
public final class RoomPowers {
  private static final long NOW = Long.MAX_VALUE - 1;

  private final Rooms rooms;
  private final EventCache events;

  public RoomPowers(Rooms rooms, EventCache events) {
    this.rooms = rooms;
    this.events = events;
  }

  /** The power levels of a room; nothing if there is no such room. */
  public Future<Optional<PowerLevels>> of(String roomId) {
    return Future.all(row(roomId, "m.room.create"), row(roomId, "m.room.power_levels"))
        .compose(rows -> of(rows.resultAt(0), rows.resultAt(1)));
  }

  private Future<Optional<StateRow>> row(String roomId, String type) {
    return rooms.stateAt(roomId, type, "", NOW);
  }

  private Future<Optional<PowerLevels>> of(Optional<StateRow> create, Optional<StateRow> levels) {
    if (create.isEmpty()) {
      return Future.succeededFuture(Optional.empty());
    }
    List<String> ids = new ArrayList<>();
    ids.add(create.get().eventId());
    levels.ifPresent(row -> ids.add(row.eventId()));
    return events
        .byId(ids)
        .map(
            found -> {
              Pdu event = pdu(found, create.get());
              @Nullable Pdu written = levels.map(row -> pdu(found, row)).orElse(null);
              return Optional.of(PowerLevels.of(event.version(), written, event));
            });
  }

  private static Pdu pdu(Map<String, KnownEvent> events, StateRow row) {
    KnownEvent event = events.get(row.eventId());
    if (event == null) {
      throw new IllegalStateException("event " + row.eventId() + " is not in the log");
    }
    return event.pdu();
  }
}
