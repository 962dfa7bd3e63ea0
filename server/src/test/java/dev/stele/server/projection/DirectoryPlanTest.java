package dev.stele.server.projection;

import static org.assertj.core.api.Assertions.assertThat;

import io.vertx.sqlclient.Tuple;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/**
 * How the database answers the questions of the directories when there are 20,000 listed rooms,
 * 20,000 users and a viewer in 2,000 rooms.
 */
class DirectoryPlanTest {
  private static FoldedLog folded;

  @BeforeAll
  static void start() {
    folded = new FoldedLog(log -> List.of(new RoomsProjection(log), new AccountsProjection()));
    folded.execute(
        "INSERT INTO projection.room_summary (room_id, created, version, creator, room_type, name,"
            + " topic, joined, listed, join_rule, name_words) SELECT '!r' || n, n, '12', '@c:x',"
            + " CASE WHEN n % 1000 = 0 THEN 'm.space' ELSE '' END, 'Room ' || n,"
            + " repeat('All about it. ', 40), n % 500, true,"
            + " 'public', array_to_tsvector(ARRAY['room', n::text])"
            + " FROM generate_series(1, 20000) n");
    folded.execute(
        "INSERT INTO projection.user_word SELECT '@u' || n || ':x', false, 'u' || n"
            + " FROM generate_series(1, 20000) n");
    folded.execute(
        "INSERT INTO projection.membership SELECT '@u' || n || ':x', '!r' || (n % 50 + 1), 'join',"
            + " n, '$e', 's' FROM generate_series(1, 20000) n");
    folded.execute(
        "INSERT INTO projection.membership SELECT '@viewer:x', '!r' || n, 'join', n, '$e', 's'"
            + " FROM generate_series(1, 2000) n");
    folded.execute(
        "ANALYZE projection.room_summary, projection.user_word, projection.membership,"
            + " projection.profile");
  }

  @AfterAll
  static void stop() {
    folded.close();
  }

  @Test
  void publicRooms_firstPage_sortsNothing() {
    String plan = folded.plan(PublicRooms.sql(query(null), false), page());
    assertThat(plan).contains("room_summary_listed").doesNotContain("Sort", "Seq Scan");
  }

  @Test
  void publicRooms_ofAType_areFoundByIndex() {
    Tuple parameters = page().addArrayOfString(new String[] {"m.space"});
    String plan = folded.plan(PublicRooms.sql(query(List.of("m.space")), false), parameters);
    assertThat(plan).contains("room_summary_listed_type").doesNotContain("Seq Scan");
  }

  @Test
  void publicRooms_ofAWord_areFoundByIndex() {
    String plan = folded.plan(PublicRooms.sql(query(null), true), page().addString("'4711':*"));
    assertThat(plan).contains("room_summary_words").doesNotContain("Seq Scan");
  }

  @Test
  void users_ofAWord_areFoundByIndex() {
    Tuple parameters =
        Tuple.tuple()
            .addString("@viewer:x")
            .addString("u1")
            .addString("u2")
            .addArrayOfString(new String[0])
            .addArrayOfString(new String[0])
            .addInteger(UserDirectory.MAX_CANDIDATES)
            .addString("")
            .addInteger(11);
    String plan = folded.plan(UserDirectory.SEARCH, parameters);
    assertThat(plan)
        .contains("user_word_word", "membership_pkey", "room_summary_pkey")
        .doesNotContain("Seq Scan on membership", "Seq Scan on room_summary")
        .doesNotContain("Seq Scan on user_word");
  }

  @Test
  void mutualRooms_areFoundByTheTwoUsers() {
    String plan =
        folded.plan(
            MutualRooms.ROOMS + " ORDER BY a.room_id LIMIT $4",
            Tuple.of("@viewer:x", "@u1:x", "", 101));
    assertThat(plan).contains("membership_pkey").doesNotContain("Seq Scan");
  }

  private static PublicRooms.Query query(List<String> types) {
    return new PublicRooms.Query("", types, null, false, 50);
  }

  private static Tuple page() {
    return Tuple.tuple().addLong(Long.MAX_VALUE).addString("").addInteger(51);
  }
}
