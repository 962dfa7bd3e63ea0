package dev.stele.server.projection;

import static org.assertj.core.api.Assertions.assertThat;

import io.vertx.sqlclient.Tuple;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.LongStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** How the hot questions of /sync are answered where rooms are many and one is large. */
final class SyncPlansTest {
  private static final int CHUNK = 50;

  private static final String ROOMS =
      "INSERT INTO projection.room_event (room_key, room_id, position, depth, event_id, type,"
          + " sender, origin_server_ts, has_url) SELECT hashtextextended('!r' || i % 400, 0),"
          + " '!r' || i % 400, i, i, '$' || i, 'm.room.message',"
          + " '@u' || i % 100, i, false FROM generate_series(1, 120000) i";
  private static final String MEMBERS =
      "INSERT INTO projection.room_state (room_id, type, state_key, since, event_id,"
          + " event_position, value) SELECT '!r1', 'm.room.member', '@u' || i, i, '$' || i, i,"
          + " 'join' FROM generate_series(1, 30000) i";
  private static final String STATE =
      "INSERT INTO projection.room_state (room_id, type, state_key, since, event_id,"
          + " event_position) SELECT '!r' || i % 400, 'm.room.t' || i / 400, '', i, '$' || i, i"
          + " FROM generate_series(1, 8000) i";
  private static final String MEMBERSHIPS =
      "INSERT INTO projection.membership (user_id, room_id, membership, position, event_id, sender)"
          + " SELECT '@u' || i, '!r1', CASE WHEN i % 100 = 0 THEN 'leave' ELSE 'join' END, i,"
          + " '$' || i, '@u' || i FROM generate_series(1, 30000) i";
  private static final String RECEIPTS =
      "INSERT INTO projection.receipt (room_id, user_id, type, thread_id, event_id, ts, position)"
          + " SELECT '!r' || i % 400, '@u' || i, 'm.read', '', '$' || i, i, i"
          + " FROM generate_series(1, 40000) i";

  private static FoldedLog folded;

  @BeforeAll
  static void fill() {
    folded = new FoldedLog(log -> List.of(new RoomsProjection(log), new UserDataProjection()));
    List.of(ROOMS, MEMBERS, MEMBERSHIPS, STATE, RECEIPTS, "ANALYZE").forEach(folded::execute);
  }

  @AfterAll
  static void end() {
    folded.close();
  }

  @Test
  void timelines_areReadByIndex_roomByRoom() {
    assertThat(folded.plan(ManyRooms.newestSql(), spans(0).addInteger(12)))
        .contains("room_event_pkey")
        .doesNotContain("Seq Scan", "Sort Key: t.");
  }

  @Test
  void state_isReadByIndex() {
    assertThat(folded.plan(ManyRooms.stateSql(), spans(0).addInteger(100)))
        .contains("room_state_until")
        .doesNotContain("Seq Scan on room_state");
  }

  @Test
  void eventsOfState_areLookedUp_howeverManyThereAre() {
    String all = RoomRows.SELECT_STATE + "WHERE s.room_id = $1 AND s.until > $2 AND s.since <= $2";
    assertThat(folded.plan(all, Tuple.of("!r1", 200_000L)))
        .contains("room_event_pkey")
        .doesNotContain("Seq Scan on room_event");
    assertThat(folded.plan(ManyRooms.stateSql(), spans(0).addInteger(50_000)))
        .contains("room_event_pkey")
        .doesNotContain("Seq Scan on room_event");
    assertThat(
            folded.plan(ManyRooms.stateHistoriesSql(), Tuple.of(rooms(), "m.room.member", "@u7")))
        .contains("room_state_pkey", "room_event_pkey")
        .doesNotContain("Seq Scan");
  }

  @Test
  void stateButMembers_goesPastTheMembers() {
    assertThat(folded.plan(ManyRooms.stateButMembersSql(), spans(0)))
        .contains("room_state_pkey")
        .doesNotContain("Seq Scan on room_state", "room_state_until", "room_state_since");
  }

  @Test
  void stateChanges_areReadByWhenTheyBegan() {
    assertThat(folded.plan(ManyRooms.stateChangesSql(), spans(119_000)))
        .contains("room_state_since")
        .doesNotContain("Seq Scan on room_state", "room_state_until");
  }

  @Test
  void statePages_areReadInTheOrderOfTheKey() {
    assertThat(folded.plan(StatePages.STATE, Tuple.of("!r1", "m.room.member", "@u17", 17L, 500)))
        .contains("room_state_pkey", "room_event_pkey")
        .doesNotContain("Seq Scan", "Sort");
    assertThat(folded.plan(StatePages.MEMBERS, Tuple.of("!r1", "@u17", 17L, 500)))
        .contains("room_state_pkey", "room_event_pkey")
        .doesNotContain("Seq Scan", "Sort");
  }

  @Test
  void membersOfOneMembership_areReadByIt() {
    assertThat(folded.plan(StatePages.MEMBERS_NOW, Tuple.of("!r1", "join", "", 500)))
        .contains("membership_room", "room_event_pkey")
        .doesNotContain("Seq Scan", "Sort");
    assertThat(folded.plan(StatePages.MEMBERS_NOW, Tuple.of("!r1", "leave", "", 500)))
        .contains("membership_room", "room_event_pkey")
        .doesNotContain("Seq Scan");
  }

  @Test
  void replacedState_isFoundByKey() {
    Tuple replaced =
        Tuple.tuple()
            .addArrayOfString(rooms())
            .addArrayOfString(texts("m.room.member"))
            .addArrayOfString(texts("@u7"))
            .addArrayOfLong(longs(120_001));
    assertThat(folded.plan(StateRows.CLOSE, replaced))
        .contains("room_state_pkey")
        .doesNotContain("Seq Scan on room_state", "room_state_until");
  }

  @Test
  void pieces_areReadByKey() {
    Tuple pieces = spans(0).addArrayOfString(texts("m.room.member")).addArrayOfString(texts("@u7"));
    assertThat(folded.plan(ManyRooms.piecesSql(), pieces))
        .contains("room_state_pkey")
        .doesNotContain("Seq Scan on room_state", "room_state_until");
  }

  @Test
  void changedRooms_areFoundByIndex() {
    String[] all = IntStream.range(0, 400).mapToObj(i -> "!r" + i).toArray(String[]::new);
    assertThat(folded.plan(ManyRooms.changedSql(), Tuple.of(all, 119_900L)))
        .contains("room_event_pkey")
        .doesNotContain("Seq Scan on room_event", "Seq Scan on room_state");
  }

  @Test
  void newestOfAll_looksAtTheEndOfEachRoom() {
    String[] all = IntStream.range(0, 400).mapToObj(i -> "!r" + i).toArray(String[]::new);
    assertThat(folded.plan(ManyRooms.newestOfAllSql(), Tuple.of(all, 119_000L, 50)))
        .contains("room_event_pkey")
        .doesNotContain("Seq Scan on room_event");
  }

  @Test
  void receipts_areReadByIndex() {
    Tuple parameters =
        Tuple.tuple()
            .addArrayOfString(rooms())
            .addArrayOfLong(longs(0))
            .addString("@u1")
            .addInteger(1_000);
    assertThat(folded.plan(UserData.receiptsSql(), parameters))
        .contains("receipt_position")
        .doesNotContain("Seq Scan on receipt");
  }

  /** A chunk of rooms, the large one among them. */
  private static Tuple spans(long after) {
    return Tuple.tuple()
        .addArrayOfString(rooms())
        .addArrayOfLong(longs(after))
        .addArrayOfLong(longs(119_990))
        .addArrayOfLong(longs(120_000));
  }

  private static String[] rooms() {
    return IntStream.range(0, CHUNK).mapToObj(i -> "!r" + i).toArray(String[]::new);
  }

  private static Long[] longs(long value) {
    return LongStream.range(0, CHUNK).mapToObj(i -> value).toArray(Long[]::new);
  }

  private static String[] texts(String value) {
    return IntStream.range(0, CHUNK).mapToObj(i -> value).toArray(String[]::new);
  }
}
