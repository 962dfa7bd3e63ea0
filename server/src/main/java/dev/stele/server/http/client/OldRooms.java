package dev.stele.server.http.client;

import dev.stele.server.event.ClientEvents;
import dev.stele.server.event.ShownEvent;
import dev.stele.server.projection.AliasRow;
import dev.stele.server.projection.EventRow;
import dev.stele.server.projection.MembershipRow;
import dev.stele.server.projection.Rooms;
import dev.stele.server.projection.StateRow;
import dev.stele.server.room.NewRoom;
import dev.stele.server.room.OldRoom;
import dev.stele.server.room.RoomReplacement;
import dev.stele.stateres.event.Pdu;
import io.vertx.core.CompositeFuture;
import io.vertx.core.Future;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;

/** Reads of rooms what their replacements take over. Thread-safe. */
final class OldRooms {
  private static final long NOW = Long.MAX_VALUE - 1;
  private static final int MAX_BANNED = 500;
  private static final int MAX_CHILDREN = 500;
  private static final String CREATE = "m.room.create";
  private static final String TOMBSTONE = "m.room.tombstone";

  private final Rooms rooms;
  private final ClientEvents events;

  OldRooms(Rooms rooms, ClientEvents events) {
    this.rooms = rooms;
    this.events = events;
  }

  /**
   * A room that exists, as it stands. Of those who are banned, and of the rooms of a space, it has
   * those that were there first.
   *
   * @param reader who reads it, and cannot be banned
   */
  Future<OldRoom> read(String roomId, String reader) {
    return Future.all(
            List.of(
                state(roomId),
                rooms.otherMembers(roomId, reader, List.of("ban"), MAX_BANNED),
                rooms.aliases(roomId),
                rooms.listed(roomId),
                rooms.newest(roomId, 0, NOW, 1)))
        .map(OldRooms::assemble);
  }

  /** The create event of a room, if there is such a room. */
  Future<Optional<Pdu>> create(String roomId) {
    return single(roomId, CREATE);
  }

  /** The room that has replaced a room, if one has. */
  Future<Optional<String>> replacement(String roomId) {
    return single(roomId, TOMBSTONE)
        .map(
            tombstone -> tombstone.map(event -> event.content().path("replacement_room").asText()));
  }

  private Future<Optional<Pdu>> single(String roomId, String type) {
    return rooms
        .stateAt(roomId, type, "", NOW)
        .compose(row -> events.show(row.stream().map(StateRow::event).toList()))
        .map(shown -> shown.stream().map(event -> event.event().pdu()).findFirst());
  }

  private static OldRoom assemble(CompositeFuture read) {
    List<Pdu> state = read.resultAt(0);
    List<MembershipRow> banned = read.resultAt(1);
    List<AliasRow> aliases = read.resultAt(2);
    Optional<Boolean> listed = read.resultAt(3);
    List<EventRow> newest = read.resultAt(4);
    return new OldRoom(
        find(state, CREATE).orElseThrow(),
        newest.get(0).eventId(),
        state.stream().filter(OldRooms::isTakenOver).map(OldRooms::piece).toList(),
        banned.stream().map(MembershipRow::userId).toList(),
        aliases,
        listed.orElse(false),
        find(state, TOMBSTONE).orElse(null));
  }

  private static boolean isTakenOver(Pdu event) {
    return !event.type().equals(CREATE)
        && !event.type().equals(TOMBSTONE)
        && !event.content().isEmpty();
  }

  private static NewRoom.Piece piece(Pdu event) {
    return new NewRoom.Piece(
        event.type(), Objects.requireNonNull(event.stateKey()), event.content());
  }

  private static Optional<Pdu> find(List<Pdu> state, String type) {
    return state.stream().filter(event -> event.type().equals(type)).findFirst();
  }

  /** The pieces of state that matter, redacted where they were. */
  private Future<List<Pdu>> state(String roomId) {
    List<Future<Optional<StateRow>>> single = new ArrayList<>();
    List<String> types = new ArrayList<>(List.of(CREATE, TOMBSTONE));
    types.addAll(RoomReplacement.TYPES);
    types.forEach(type -> single.add(rooms.stateAt(roomId, type, "", NOW)));
    return Future.all(single)
        .compose(
            found -> {
              List<StateRow> rows = new ArrayList<>();
              single.forEach(row -> row.result().ifPresent(rows::add));
              return children(roomId)
                  .compose(
                      children -> {
                        rows.addAll(children);
                        return events.show(rows.stream().map(StateRow::event).toList());
                      });
            })
        .map(shown -> shown.stream().map(ShownEvent::event).map(event -> event.pdu()).toList());
  }

  private Future<List<StateRow>> children(String roomId) {
    return rooms
        .stateAt(roomId, RoomReplacement.CHILD, NOW)
        .map(rows -> rows.stream().limit(MAX_CHILDREN).toList());
  }
}
