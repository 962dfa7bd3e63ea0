package dev.stele.server.http.client;

import dev.stele.server.projection.AliasRow;
import dev.stele.server.projection.EventRow;
import dev.stele.server.projection.MembershipRow;
import dev.stele.server.projection.Rooms;
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
  private final CurrentState current;

  OldRooms(Rooms rooms, CurrentState current) {
    this.rooms = rooms;
    this.current = current;
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
                rooms.timelines().newest(roomId, 0, NOW, 1)))
        .map(OldRooms::assemble);
  }

  /** The create event of a room, if there is such a room. */
  Future<Optional<Pdu>> create(String roomId) {
    return current.piece(roomId, CREATE);
  }

  /** The room that has replaced a room, if one has. */
  Future<Optional<String>> replacement(String roomId) {
    return current
        .piece(roomId, TOMBSTONE)
        .map(
            tombstone -> tombstone.map(event -> event.content().path("replacement_room").asText()));
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

  private Future<List<Pdu>> state(String roomId) {
    List<String> types = new ArrayList<>(List.of(CREATE, TOMBSTONE));
    types.addAll(RoomReplacement.TYPES);
    return Future.all(
            current.pieces(roomId, types), current.all(roomId, RoomReplacement.CHILD, MAX_CHILDREN))
        .map(
            both -> {
              List<Pdu> all = new ArrayList<>(both.<List<Pdu>>resultAt(0));
              all.addAll(both.<List<Pdu>>resultAt(1));
              return all;
            });
  }
}
