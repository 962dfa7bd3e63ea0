package dev.stele.server.sync;

import dev.stele.server.event.EventCache;
import dev.stele.server.event.KnownEvent;
import dev.stele.server.projection.EventRow;
import dev.stele.server.projection.ManyRooms;
import dev.stele.server.projection.MemberCounts;
import dev.stele.server.projection.MembershipRow;
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

/** Who is in rooms, from the projections. Thread-safe. */
final class StoredSummaries {
  private static final long NOW = Long.MAX_VALUE - 1;

  private final ManyRooms rooms;
  private final EventCache events;

  StoredSummaries(ManyRooms rooms, EventCache events) {
    this.rooms = rooms;
    this.events = events;
  }

  /** The rooms as they are now, by id. */
  Future<Map<String, LiveRoom>> load(Collection<String> roomIds) {
    return Future.all(
            rooms.memberCounts(roomIds),
            rooms.firstMembers(roomIds, List.of("join", "invite"), LiveRoom.FIRST_MEMBERS),
            names(roomIds))
        .compose(
            all -> {
              Map<String, MemberCounts> counts = all.resultAt(0);
              List<String> lonely =
                  roomIds.stream().filter(room -> isLonely(counts.get(room))).toList();
              return departed(lonely)
                  .map(
                      departed ->
                          assemble(roomIds, counts, all.resultAt(1), departed, all.resultAt(2)));
            });
  }

  private static boolean isLonely(@Nullable MemberCounts counts) {
    return counts == null || counts.joined() + counts.invited() <= 1;
  }

  private Future<Map<String, List<MembershipRow>>> departed(List<String> roomIds) {
    return roomIds.isEmpty()
        ? Future.succeededFuture(Map.of())
        : rooms.firstMembers(roomIds, List.of("leave", "ban"), MemberSummary.HEROES + 1);
  }

  /** The events that rooms have their names and avatars from. */
  private Future<Map<String, List<KnownEvent>>> names(Collection<String> roomIds) {
    List<StatePiece> pieces = new ArrayList<>();
    for (String room : roomIds) {
      RoomSpan now = new RoomSpan(room, 0, NOW, NOW);
      pieces.add(new StatePiece(now, "m.room.name", ""));
      pieces.add(new StatePiece(now, "m.room.canonical_alias", ""));
      pieces.add(new StatePiece(now, "m.room.avatar", ""));
    }
    return rooms
        .pieces(pieces)
        .compose(
            found -> {
              Map<String, Long> positions = new HashMap<>();
              found.values().forEach(rows -> rows.forEach(row -> add(positions, row)));
              return events.at(positions);
            })
        .map(StoredSummaries::byRoom);
  }

  private static void add(Map<String, Long> positions, StateRow row) {
    if (row.redactedBy() == null) {
      positions.put(row.eventId(), row.eventPosition());
    }
  }

  private static Map<String, List<KnownEvent>> byRoom(Map<String, KnownEvent> events) {
    Map<String, List<KnownEvent>> rooms = new HashMap<>();
    for (KnownEvent event : events.values()) {
      rooms.computeIfAbsent(event.pdu().roomId(), room -> new ArrayList<>()).add(event);
    }
    return rooms;
  }

  private static Map<String, LiveRoom> assemble(
      Collection<String> roomIds,
      Map<String, MemberCounts> counts,
      Map<String, List<MembershipRow>> first,
      Map<String, List<MembershipRow>> departed,
      Map<String, List<KnownEvent>> names) {
    Map<String, LiveRoom> loaded = new HashMap<>();
    for (String room : roomIds) {
      LiveRoom live =
          new LiveRoom(
              counts.getOrDefault(room, MemberCounts.NONE),
              rows(first.getOrDefault(room, List.of())),
              rows(departed.getOrDefault(room, List.of())));
      names.getOrDefault(room, List.of()).forEach(live::look);
      loaded.put(room, live);
    }
    return loaded;
  }

  private static List<EventRow> rows(List<MembershipRow> members) {
    return members.stream()
        .map(
            member ->
                new EventRow(
                    member.eventId(),
                    member.position(),
                    0,
                    "m.room.member",
                    member.sender(),
                    member.userId(),
                    null))
        .toList();
  }
}
