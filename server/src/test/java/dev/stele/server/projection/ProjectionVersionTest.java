package dev.stele.server.projection;

import static dev.stele.server.http.TestEdge.await;
import static org.assertj.core.api.Assertions.assertThat;

import dev.stele.eventstore.embedded.FreshDatabases;
import dev.stele.eventstore.postgres.LogOptions;
import dev.stele.eventstore.postgres.PostgresEventLog;
import dev.stele.server.record.Entry;
import dev.stele.server.record.Fact;
import dev.stele.server.record.RecordLog;
import dev.stele.server.record.UserRegistered;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.sqlclient.SqlConnection;
import io.vertx.sqlclient.Tuple;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What becomes of a projection's tables when a release changes its fold, or drops it. */
final class ProjectionVersionTest {
  private static final List<String> TABLES = List.of("counted");

  private final Vertx vertx = Vertx.vertx();
  private PostgresEventLog eventLog;
  private RecordLog log;

  @BeforeEach
  void open() {
    LogOptions options = LogOptions.defaults(InstantSource.system());
    String url = await(await(FreshDatabases.ofThisJvm()).fresh());
    eventLog = await(PostgresEventLog.open(vertx, url, options, new SimpleMeterRegistry()));
    log = new RecordLog(eventLog);
  }

  @AfterEach
  void close() {
    await(eventLog.close());
    await(vertx.close());
  }

  @Test
  void start_sameVersion_goesOnFromTheCheckpoint() {
    register("@alice:hs1");
    run(new Counted(1, TABLES));
    register("@bob:hs1");

    assertThat(folded(new Counted(1, TABLES))).isEqualTo(1);

    assertThat(rows()).containsExactly("@alice:hs1", "@bob:hs1");
  }

  @Test
  void start_otherVersion_foldsTheLogAnew() {
    register("@alice:hs1");
    run(new Counted(1, TABLES));
    execute("INSERT INTO projection.counted VALUES ('stale')");

    assertThat(folded(new Counted(2, TABLES))).isEqualTo(1);

    assertThat(rows()).containsExactly("@alice:hs1");
  }

  @Test
  void start_olderVersionThanThatOfTheTables_foldsTheLogAnew() {
    register("@alice:hs1");
    run(new Counted(2, TABLES));

    assertThat(folded(new Counted(1, TABLES))).isEqualTo(1);
  }

  @Test
  void start_versionChanged_leavesOtherProjectionsAlone() {
    register("@alice:hs1");
    AccountsProjection accounts = new AccountsProjection();
    run(new Counted(1, TABLES), accounts);
    execute("UPDATE projection.account SET admin = true");

    run(new Counted(2, TABLES), accounts);

    assertThat(strings("SELECT admin::text FROM projection.account")).containsExactly("true");
  }

  @Test
  void start_projectionGone_dropsItsTables() {
    register("@alice:hs1");
    run(new Counted(1, TABLES), new AccountsProjection());

    run(new AccountsProjection());

    assertThat(strings("SELECT coalesce(to_regclass('projection.counted')::text, 'none')"))
        .containsExactly("none");
    assertThat(strings("SELECT name FROM log.checkpoint")).containsExactly("accounts");
    assertThat(folded(new Counted(1, TABLES))).isEqualTo(1);
  }

  @Test
  void start_tableNoLongerMade_dropsIt() {
    register("@alice:hs1");
    run(new Counted(1, TABLES));

    run(new Counted(1, List.of()));

    assertThat(strings("SELECT coalesce(to_regclass('projection.counted')::text, 'none')"))
        .containsExactly("none");
  }

  @Test
  void start_tableOfOtherColumns_isMadeAnewWithItsIndexes() {
    run(new RoomsProjection(log));
    execute("DROP TABLE projection.room_event");
    execute("CREATE TABLE projection.room_event (room_id text, position bigint, depth bigint)");
    execute("CREATE INDEX room_event_topological ON projection.room_event (room_id, depth)");
    execute("CREATE INDEX room_event_old ON projection.room_event (room_id)");
    execute("UPDATE projection.version SET version = version - 1 WHERE name = 'rooms'");

    run(new RoomsProjection(log));

    assertThat(strings("SELECT indexdef FROM pg_indexes WHERE tablename = 'room_event'"))
        .hasSize(5)
        .allMatch(index -> index.contains("room_key"));
  }

  @Test
  void start_tablesOfUnknownVersion_foldsTheLogAnew() {
    register("@alice:hs1");
    run(new Counted(1, TABLES));
    execute("DROP TABLE projection.version");

    assertThat(folded(new Counted(1, TABLES))).isEqualTo(1);
  }

  private void register(String userId) {
    assertThat(await(log.append(List.of(new UserRegistered(userId, false, false, null)))))
        .isNotNull();
  }

  private void run(Projection... projections) {
    Projections started = await(Projections.start(List.of(projections), log, eventLog.pool()));
    await(started.caughtUp());
    await(started.close());
  }

  /** Runs it and says how many facts it folded. */
  private int folded(Counted projection) {
    run(projection);
    return projection.folded;
  }

  private void execute(String sql) {
    assertThat(await(eventLog.pool().query(sql).execute())).isNotNull();
  }

  private List<String> rows() {
    return strings("SELECT user_id FROM projection.counted ORDER BY user_id");
  }

  private List<String> strings(String sql) {
    List<String> strings = new ArrayList<>();
    await(eventLog.pool().query(sql).execute()).forEach(row -> strings.add(row.getString(0)));
    return strings;
  }

  /** Remembers users, and counts how many it was handed. */
  private static final class Counted implements Projection {
    private final int version;
    private final List<String> tables;
    private int folded;

    Counted(int version, List<String> tables) {
      this.version = version;
      this.tables = tables;
    }

    @Override
    public String name() {
      return "counted";
    }

    @Override
    public int version() {
      return version;
    }

    @Override
    public List<String> tables() {
      return tables;
    }

    @Override
    public boolean folds(Fact fact) {
      return fact instanceof UserRegistered;
    }

    @Override
    public Future<Void> fold(SqlConnection transaction, List<Entry> entries) {
      folded += entries.size();
      List<Tuple> rows = new ArrayList<>();
      for (Entry entry : entries) {
        if (entry.fact() instanceof UserRegistered user) {
          rows.add(Tuple.of(user.userId()));
        }
      }
      return tables.isEmpty()
          ? Future.succeededFuture()
          : Batch.execute(transaction, "INSERT INTO projection.counted VALUES ($1)", rows);
    }
  }
}
