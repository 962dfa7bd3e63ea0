package dev.stele.server.unread;

import dev.stele.server.event.EventCache;
import dev.stele.server.event.KnownEvent;
import dev.stele.server.projection.RoomSpan;
import dev.stele.server.projection.Rooms;
import dev.stele.server.projection.StatePiece;
import io.vertx.core.Future;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** What users are called in rooms, for rules that ask for it. Thread-safe. */
final class DisplayNames {
  private final Rooms rooms;
  private final EventCache events;

  DisplayNames(Rooms rooms, EventCache events) {
    this.rooms = rooms;
    this.events = events;
  }

  /** The reader's name in each of these rooms, as of a position; none if no rule asks for it. */
  Future<Map<String, String>> of(Reader reader, Collection<String> roomIds, long upTo) {
    if (!reader.rules().asksForName()) {
      return Future.succeededFuture(Map.of());
    }
    List<StatePiece> pieces =
        roomIds.stream()
            .map(room -> StatePiece.member(new RoomSpan(room, 0, upTo + 1, upTo), reader.userId()))
            .toList();
    return rooms
        .many()
        .pieces(pieces)
        .compose(
            found -> {
              Map<String, Long> positions = new HashMap<>();
              found.values().stream()
                  .flatMap(List::stream)
                  .forEach(row -> positions.put(row.eventId(), row.eventPosition()));
              return events.at(positions);
            })
        .map(DisplayNames::byRoom);
  }

  private static Map<String, String> byRoom(Map<String, KnownEvent> members) {
    Map<String, String> names = new HashMap<>();
    for (KnownEvent member : members.values()) {
      String name = member.pdu().contentText("displayname");
      if (name != null) {
        names.put(member.pdu().roomId(), name);
      }
    }
    return names;
  }
}
