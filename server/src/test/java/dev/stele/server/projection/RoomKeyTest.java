package dev.stele.server.projection;

import static dev.stele.server.http.TestEdge.await;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.Collection;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** Two rooms whose ids have the same hash, between whose events every answer has to tell. */
final class RoomKeyTest {
  private static final String ROOM = "!asked";
  private static final TopologicalPoint FIRST = new TopologicalPoint(0, 0);
  private static final TopologicalPoint LAST = new TopologicalPoint(1_000, 0);
  private static final TimelineScan MESSAGES = new TimelineScan.OfTypes(List.of("m.room.message"));
  private static final String[] ASKED = {"$2", "$4", "$6"};

  private static FoldedLog folded;
  private static Rooms rooms;

  /** Events 1 to 7 by turns of the other room and the one that is asked for. */
  @BeforeAll
  static void fill() {
    folded = new FoldedLog(log -> List.of(new RoomsProjection(log)));
    rooms = new Rooms(folded.projections(), folded.fold(RoomsProjection.class), folded.pool());
    folded.execute(
        "INSERT INTO projection.room_event (room_key, room_id, position, depth, event_id, type,"
            + " sender, origin_server_ts, has_url) SELECT hashtextextended('!asked', 0),"
            + " CASE WHEN i % 2 = 0 THEN '!asked' ELSE '!other' END, i, i, '$' || i,"
            + " 'm.room.message', '@u', i, true FROM generate_series(1, 7) AS i");
  }

  @AfterAll
  static void close() {
    folded.close();
  }

  @Test
  void pages_areOfTheRoomAlone() {
    Timelines timelines = rooms.timelines();
    for (TimelineScan scan :
        List.of(new TimelineScan.Everything(), MESSAGES, new TimelineScan.WithUrl())) {
      assertThat(ids(await(timelines.before(ROOM, scan, LAST, 9))))
          .containsExactly("$6", "$4", "$2");
      assertThat(ids(await(timelines.after(ROOM, scan, FIRST, 9)))).containsExactly(ASKED);
    }
  }

  @Test
  void times_areOfTheRoomAlone() {
    Timelines timelines = rooms.timelines();

    assertThat(ids(await(timelines.sentAfter(ROOM, 0, 0, 9)))).containsExactly(ASKED);
    assertThat(ids(await(timelines.sentBefore(ROOM, 9, 0, 9)))).containsExactly("$6", "$4", "$2");
  }

  @Test
  void streamOrder_isOfTheRoomAlone() {
    Timelines timelines = rooms.timelines();

    assertThat(ids(await(timelines.stream(List.of(ROOM), 0, 9, 9)))).containsExactly(ASKED);
    assertThat(await(timelines.firstFrom(ROOM, 1)).orElseThrow().row().eventId()).isEqualTo("$2");
    assertThat(await(timelines.lastUntil(ROOM, 9)).orElseThrow().row().eventId()).isEqualTo("$6");
    assertThat(eventIds(await(timelines.newest(ROOM, 0, 9, 9)))).containsExactly("$6", "$4", "$2");
  }

  @Test
  void positions_ofTheOtherRoom_areNotFound() {
    Timelines timelines = rooms.timelines();

    assertThat(await(timelines.at(ROOM, 3L))).isEmpty();
    assertThat(eventIds(await(timelines.at(ROOM, List.of(1L, 2L, 3L, 4L)))))
        .containsExactlyInAnyOrder("$2", "$4");
  }

  @Test
  void manyRooms_areToldApart() {
    ManyRooms many = rooms.many();
    List<RoomSpan> span = List.of(new RoomSpan(ROOM, 0, 0, 9));

    assertThat(ids(await(many.newest(span, 9)))).containsExactly("$6", "$4", "$2");
    assertThat(ids(await(many.newestOfAll(List.of(ROOM), 9, 9)))).containsExactly("$6", "$4", "$2");
    assertThat(await(many.changed(List.of(ROOM), 5))).containsExactly(ROOM);
    assertThat(await(many.changed(List.of(ROOM), 6))).isEmpty();
    assertThat(await(many.newestOfTypes(List.of(ROOM), List.of("m.room.message"))))
        .containsExactly(Map.entry(ROOM, 6L));
  }

  private static List<String> ids(Map<String, List<FoundEvent>> events) {
    return events.values().stream().flatMap(found -> ids(found).stream()).toList();
  }

  private static List<String> ids(Collection<FoundEvent> events) {
    return eventIds(events.stream().map(FoundEvent::row).toList());
  }

  private static List<String> eventIds(List<EventRow> events) {
    return events.stream().map(EventRow::eventId).toList();
  }
}
