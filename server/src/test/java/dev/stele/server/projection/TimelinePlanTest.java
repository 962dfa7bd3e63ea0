package dev.stele.server.projection;

import static org.assertj.core.api.Assertions.assertThat;

import io.vertx.sqlclient.Tuple;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** Each question of the timelines has an index, where rooms are many and one is large. */
final class TimelinePlanTest {
  private static final String LARGE = "!r0";
  private static final long FAR = 1_000_000;

  private static final String EVENTS =
      """
      INSERT INTO projection.room_event (room_key, room_id, position, depth, event_id, type, sender,
        origin_server_ts, has_url)
      SELECT hashtextextended(room, 0), room, i, i, '$' || i, type, '@u' || i %% 100, i, url
      FROM (%s) AS events (i, room, type, url)
      """;
  private static final String MESSAGES =
      EVENTS.formatted(
          "SELECT i, '!r' || CASE WHEN i % 2 = 0 THEN 0 ELSE i % 400 END, 'm.room.message',"
              + " i % 10 = 0 FROM generate_series(1, 120000) AS i");
  private static final String RARE =
      EVENTS.formatted("SELECT 120000 + i, '!r0', 'm.rare', false FROM generate_series(1, 3) AS i");

  private static FoldedLog folded;
  private static String redactionWhileEmpty;

  /** No event is rare when the planner looks at them, as those of a type are that is new. */
  @BeforeAll
  static void fill() {
    folded = new FoldedLog(log -> List.of(new RoomsProjection(log)));
    redactionWhileEmpty = folded.generalPlan(RoomsProjection.REDACT);
    Stream.of(MESSAGES, "ANALYZE", RARE).forEach(folded::execute);
  }

  @AfterAll
  static void close() {
    folded.close();
  }

  @Test
  void pages_useTheTopologicalOrder() {
    assertOrdered(Timelines.everything("<", "DESC", ""), page(), "room_event_topological");
    assertOrdered(Timelines.everything(">", "ASC", ""), page(), "room_event_topological");
  }

  @Test
  void pagesWithUrls_useTheirOwnIndex() {
    String url = " AND e.has_url";

    assertOrdered(Timelines.everything("<", "DESC", url), page(), "room_event_url");
    assertOrdered(Timelines.everything(">", "ASC", url), page(), "room_event_url");
  }

  @Test
  void pagesOfTypes_useTheirOwnIndex_evenForTypesThatThePlannerHasNotSeen() {
    for (String type : new String[] {"m.rare", "m.none", "m.room.message"}) {
      Tuple types = Tuple.of(LARGE, FAR, 0L, 20).addArrayOfString(new String[] {type});
      assertOnly(Timelines.ofTypes("<", "DESC"), types, "room_event_type");
      types = Tuple.of(LARGE, 0L, 0L, 20).addArrayOfString(new String[] {type});
      assertOnly(Timelines.ofTypes(">", "ASC"), types, "room_event_type");
    }
  }

  @Test
  void newestOfTypes_useTheIndexOfTypes() {
    Tuple question =
        Tuple.tuple().addArrayOfString(rooms(400)).addArrayOfString(new String[] {"m.rare", "m.x"});

    assertOnly(ManyRooms.newestOfTypesSql(), question, "room_event_type");
  }

  @Test
  void times_useTheOrderOfTime() {
    assertOrdered(Timelines.sent(">", "ASC"), page(), "room_event_time");
    assertOrdered(Timelines.sent("<", "DESC"), page(), "room_event_time");
  }

  @Test
  void streamOrder_usesTheKey() {
    assertOrdered(Timelines.FIRST_FROM, Tuple.of(LARGE, 60_000L), "room_event_pkey");
    assertOrdered(Timelines.LAST_UNTIL, Tuple.of(LARGE, 60_000L), "room_event_pkey");
    assertOrdered(Timelines.NEWEST, Tuple.of(LARGE, 0L, FAR, 20), "room_event_pkey");
    Tuple rooms = Tuple.tuple().addArrayOfString(rooms(400)).addLong(0L).addLong(FAR).addInteger(9);
    assertOrdered(Timelines.STREAM, rooms, "room_event_pkey");
  }

  @Test
  void positions_useTheKey() {
    assertOnly(Timelines.AT, Tuple.of(LARGE, 60_000L), "room_event_pkey");
    Tuple some = Tuple.of(LARGE).addArrayOfLong(new Long[] {5L, 60_000L, 70_000L});
    assertOnly(Timelines.AT_ANY, some, "room_event_pkey");
    assertOnly(RoomsProjection.REDACT, Tuple.of(LARGE, 60_000L, "$x"), "room_event_pkey");
  }

  /** A rebuild begins with an empty table, and keeps its plans for a while. */
  @Test
  void redactions_useTheKeyFromTheStart() {
    assertOnly(redactionWhileEmpty, "room_event_pkey");
  }

  /** Reads no more than it answers: in the order of this index, and by no other. */
  private static void assertOrdered(String sql, Tuple parameters, String index) {
    assertOnly(sql, parameters, index);
    assertThat(plans(sql, parameters)).noneMatch(plan -> plan.contains("Sort"));
  }

  private static void assertOnly(String sql, Tuple parameters, String index) {
    assertThat(plans(sql, parameters)).allSatisfy(plan -> assertOnly(plan, index));
  }

  private static void assertOnly(String plan, String index) {
    assertThat(plan).contains(index).doesNotContain("Bitmap");
    assertThat(plan.lines().filter(line -> line.contains("Scan") && line.contains("room_event")))
        .as(plan)
        .allMatch(line -> line.contains(index + " "));
  }

  /** For these values, and for any. */
  private static List<String> plans(String sql, Tuple parameters) {
    return List.of(folded.plan(sql, parameters), folded.generalPlan(sql));
  }

  private static Tuple page() {
    return Tuple.of(LARGE, 60_000L, 0L, 20);
  }

  private static String[] rooms(int count) {
    return IntStream.range(0, count).mapToObj(i -> "!r" + i).toArray(String[]::new);
  }
}
