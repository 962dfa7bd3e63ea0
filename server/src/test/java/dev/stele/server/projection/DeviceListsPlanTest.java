package dev.stele.server.projection;

import static dev.stele.server.http.TestEdge.await;
import static org.assertj.core.api.Assertions.assertThat;

import io.vertx.core.Future;
import io.vertx.sqlclient.Tuple;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** How device lists are worked out on a server with many rooms, one of which has 50,000 members. */
final class DeviceListsPlanTest {
  private static final int MEMBERS = 50_000;
  private static final long NOW = 200_000;
  private static final String ME = "@u1";

  private static final String IN_BIG =
      "SELECT '!big' AS room_id, '@u' || i AS user_id, i AS position"
          + " FROM generate_series(1, 50000) i";
  private static final String IN_SMALL =
      "SELECT '!r' || i % 400, '@u' || i % 5000, 50000 + i FROM generate_series(1, 40000) i"
          + " WHERE i % 5000 <> 1";
  private static final String MEMBERSHIPS =
      "INSERT INTO projection.membership (user_id, room_id, membership, position, event_id,"
          + " sender) SELECT user_id, room_id, 'join', max(position), '$' || max(position), user_id"
          + " FROM ("
          + IN_BIG
          + " UNION ALL "
          + IN_SMALL
          + ") m GROUP BY user_id, room_id";
  private static final String STATE =
      "INSERT INTO projection.room_state (room_id, type, state_key, since, event_id,"
          + " event_position, value) SELECT room_id, 'm.room.member', user_id, position, event_id,"
          + " position, 'join' FROM projection.membership";
  private static final String CHANGES =
      "INSERT INTO projection.device_list_change (user_id, position)"
          + " SELECT '@u' || i, 100000 + i FROM generate_series(1, 50000) i";

  private static FoldedLog folded;
  private static DeviceLists lists;

  @BeforeAll
  static void fill() {
    folded = new FoldedLog(log -> List.of(new RoomsProjection(log), new DeviceListsProjection()));
    lists =
        new DeviceLists(
            folded.projections(),
            folded.fold(DeviceListsProjection.class),
            folded.fold(RoomsProjection.class),
            folded.pool());
    List.of(MEMBERSHIPS, STATE, CHANGES, "ANALYZE").forEach(folded::execute);
  }

  @AfterAll
  static void end() {
    folded.close();
  }

  @Test
  void comingIntoALargeRoom_tellsOfEverybodyThere() {
    MembershipRow row = new MembershipRow("@new", "!big", "join", NOW, "$new", "@new", false);
    var news = await(lists.between("@new", List.of(row), NOW - 1, NOW));

    assertThat(news.changed()).hasSize(MEMBERS);
    assertThat(news.left()).isEmpty();
  }

  @Test
  void goingFromALargeRoom_tellsOfThoseWhoAreNowhereElse() {
    MembershipRow left = in("!big", "leave", NOW);
    var news = await(lists.between(ME, List.of(left, in("!r7", "join", 50_007)), NOW - 1, NOW));
    int here = await(members("!r7"));

    assertThat(here).isGreaterThan(10);
    assertThat(news.left()).hasSize(MEMBERS - 1 - here);
    assertThat(news.changed()).isEmpty();
  }

  @Test
  void aShortGap_readsNoRoomAsAWhole() {
    assertThat(plan(NOW - 100))
        .doesNotContain("Seq Scan on room_state", "Seq Scan on device_list_change");
  }

  @Test
  void aLongGap_readsOnlyWhatChanged() {
    assertThat(plan(149_000)).doesNotContain("Seq Scan on room_state");
  }

  private static Future<Integer> members(String room) {
    return folded
        .pool()
        .preparedQuery(
            "SELECT count(*)::int AS members FROM projection.membership WHERE room_id = $1")
        .execute(Tuple.of(room))
        .map(rows -> rows.iterator().next().getInteger("members"));
  }

  private static MembershipRow in(String room, String membership, long position) {
    return new MembershipRow(ME, room, membership, position, "$" + position, ME, false);
  }

  /** Of somebody who stayed in the large room and in many small ones. */
  private static String plan(long after) {
    String[] rooms =
        IntStream.range(0, 30).mapToObj(i -> i == 0 ? "!big" : "!r" + i).toArray(String[]::new);
    Tuple parameters =
        Tuple.of(ME, after, NOW)
            .addArrayOfString(rooms)
            .addArrayOfString(new String[0])
            .addArrayOfString(rooms)
            .addArrayOfString(new String[0]);
    return folded.analyzed(DeviceLists.NEWS, parameters);
  }
}
