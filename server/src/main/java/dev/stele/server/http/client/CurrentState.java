package dev.stele.server.http.client;

import dev.stele.server.event.ClientEvents;
import dev.stele.server.event.ShownEvent;
import dev.stele.server.projection.Rooms;
import dev.stele.server.projection.StateRow;
import dev.stele.stateres.event.Pdu;
import io.vertx.core.Future;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Pieces of rooms' present state, for what is decided outside of them. Thread-safe. */
final class CurrentState {
  private static final long NOW = Long.MAX_VALUE - 1;

  private final Rooms rooms;
  private final ClientEvents events;

  CurrentState(Rooms rooms, ClientEvents events) {
    this.rooms = rooms;
    this.events = events;
  }

  /** The event that holds a piece of state with an empty key, redacted if it was. */
  Future<Optional<Pdu>> piece(String roomId, String type) {
    return piece(roomId, type, "");
  }

  /** The event that holds a piece of state, redacted if it was. */
  Future<Optional<Pdu>> piece(String roomId, String type, String stateKey) {
    return rooms
        .stateAt(roomId, type, stateKey, NOW)
        .compose(row -> show(row.stream().toList()))
        .map(shown -> shown.stream().findFirst());
  }

  /** The events that hold these pieces of state with an empty key; those that there are. */
  Future<List<Pdu>> pieces(String roomId, List<String> types) {
    List<Future<Optional<StateRow>>> rows = new ArrayList<>();
    types.forEach(type -> rows.add(rooms.stateAt(roomId, type, "", NOW)));
    return Future.all(rows)
        .compose(found -> show(rows.stream().flatMap(row -> row.result().stream()).toList()));
  }

  /** The events that hold the state of one type, whatever the key; at most {@code limit}. */
  Future<List<Pdu>> all(String roomId, String type, int limit) {
    return rooms
        .stateAt(roomId, type, NOW)
        .compose(rows -> show(rows.stream().limit(limit).toList()));
  }

  private Future<List<Pdu>> show(List<StateRow> rows) {
    return events
        .show(rows.stream().map(StateRow::event).toList())
        .map(shown -> shown.stream().map(ShownEvent::event).map(event -> event.pdu()).toList());
  }
}
