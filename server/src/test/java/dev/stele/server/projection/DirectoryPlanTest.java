package dev.stele.server.projection;

import static dev.stele.server.http.TestEdge.await;
import static org.assertj.core.api.Assertions.assertThat;

import dev.stele.eventstore.embedded.FreshDatabases;
import dev.stele.eventstore.postgres.LogOptions;
import dev.stele.eventstore.postgres.PostgresEventLog;
import dev.stele.server.record.RecordLog;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.vertx.core.Vertx;
import io.vertx.sqlclient.Tuple;
import java.time.Clock;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/**
 * How the database answers the questions of the directories when there are 20,000 listed rooms,
 * 20,000 users and a viewer in 2,000 rooms.
 */
class DirectoryPlanTest {
  private static Vertx vertx;
  private static PostgresEventLog store;
  private static Projections projections;

  @BeforeAll
  static void start() {
    vertx = Vertx.vertx();
    String database = await(await(FreshDatabases.ofThisJvm()).fresh());
    LogOptions options = LogOptions.defaults(Clock.systemUTC());
    store = await(PostgresEventLog.open(vertx, database, options, new SimpleMeterRegistry()));
    RecordLog log = new RecordLog(store);
    List<Projection> folds = List.of(new RoomsProjection(log), new AccountsProjection());
    projections = await(Projections.start(folds, log, store.pool()));
    sql(
        "INSERT INTO projection.room_summary (room_id, created, version, creator, room_type, name,"
            + " topic, joined, listed, join_rule, name_words) SELECT '!r' || n, n, '12', '@c:x',"
            + " CASE WHEN n % 1000 = 0 THEN 'm.space' ELSE '' END, 'Room ' || n,"
            + " repeat('All about it. ', 40), n % 500, true,"
            + " 'public', array_to_tsvector(ARRAY['room', n::text])"
            + " FROM generate_series(1, 20000) n");
    sql(
        "INSERT INTO projection.user_word SELECT '@u' || n || ':x', false, 'u' || n"
            + " FROM generate_series(1, 20000) n");
    sql(
        "INSERT INTO projection.membership SELECT '@u' || n || ':x', '!r' || (n % 50 + 1), 'join',"
            + " n, '$e', 's' FROM generate_series(1, 20000) n");
    sql(
        "INSERT INTO projection.membership SELECT '@viewer:x', '!r' || n, 'join', n, '$e', 's'"
            + " FROM generate_series(1, 2000) n");
    sql(
        "ANALYZE projection.room_summary, projection.user_word, projection.membership,"
            + " projection.profile");
  }

  @AfterAll
  static void stop() {
    await(projections.close());
    await(store.close());
    await(vertx.close());
  }

  @Test
  void publicRooms_firstPage_sortsNothing() {
    String plan = plan(PublicRooms.sql(query(null), false), page());
    assertThat(plan).contains("room_summary_listed").doesNotContain("Sort", "Seq Scan");
  }

  @Test
  void publicRooms_ofAType_areFoundByIndex() {
    Tuple parameters = page().addArrayOfString(new String[] {"m.space"});
    String plan = plan(PublicRooms.sql(query(List.of("m.space")), false), parameters);
    assertThat(plan).contains("room_summary_listed_type").doesNotContain("Seq Scan");
  }

  @Test
  void publicRooms_ofAWord_areFoundByIndex() {
    String plan = plan(PublicRooms.sql(query(null), true), page().addString("'4711':*"));
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
    String plan = plan(UserDirectory.SEARCH, parameters);
    assertThat(plan)
        .contains("user_word_word", "membership_pkey", "room_summary_pkey")
        .doesNotContain("Seq Scan on membership", "Seq Scan on room_summary")
        .doesNotContain("Seq Scan on user_word");
  }

  @Test
  void mutualRooms_areFoundByTheTwoUsers() {
    String plan =
        plan(
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

  private static void sql(String sql) {
    var unused = await(store.pool().query(sql).execute());
  }

  private static String plan(String sql, Tuple parameters) {
    StringBuilder plan = new StringBuilder();
    await(store.pool().preparedQuery("EXPLAIN " + sql).execute(parameters))
        .forEach(row -> plan.append(row.getString(0)).append('\n'));
    return plan.toString();
  }
}
