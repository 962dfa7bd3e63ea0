package dev.stele.server.projection;

import static dev.stele.server.http.TestEdge.await;
import static org.assertj.core.api.Assertions.assertThat;

import dev.stele.eventstore.embedded.FreshDatabases;
import dev.stele.eventstore.postgres.Checkpoints;
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
import java.time.InstantSource;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import java.util.stream.LongStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Projections that begin behind the log, by more than one chunk of it. */
final class CatchUpTest {
  private static final int APPENDS = 9;
  private static final int USERS = 1_000;

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
  void start_behindByDifferentLengths_givesEachWhatItLacksOnceAndInOrder() {
    append(0, 1);
    run(new Noted("ahead", true));
    append(1, APPENDS);
    Noted ahead = new Noted("ahead", true);
    Noted fresh = new Noted("fresh", true);

    run(ahead, fresh);

    assertThat(ahead.positions).isEqualTo(range(USERS + 1, APPENDS * USERS));
    assertThat(fresh.positions).isEqualTo(range(1, APPENDS * USERS));
  }

  @Test
  void start_oneFails_othersCatchUpAndItIsTriedAgain() {
    append(0, APPENDS);
    Noted sound = new Noted("sound", true);
    Noted shaken = new Noted("shaken", true);
    shaken.failures.set(2);

    run(sound, shaken);

    assertThat(sound.positions).isEqualTo(range(1, APPENDS * USERS));
    assertThat(shaken.positions).isEqualTo(range(1, APPENDS * USERS));
  }

  @Test
  void close_nothingMattered_isNotReadAgainAtTheNextStart() {
    append(0, 1);

    run(new Noted("indifferent", false));

    assertThat(await(Checkpoints.get(eventLog.pool(), "indifferent"))).isEqualTo(USERS);
  }

  private void append(int from, int to) {
    for (int i = from; i < to; i++) {
      int first = i * USERS;
      List<UserRegistered> users =
          IntStream.range(first, first + USERS)
              .mapToObj(user -> new UserRegistered("@u" + user + ":hs1", false, false, null))
              .toList();
      assertThat(await(log.append(users))).isNotNull();
    }
  }

  private void run(Projection... projections) {
    Projections started = await(Projections.start(List.of(projections), log, eventLog.pool()));
    await(started.caughtUp());
    await(started.close());
  }

  private static List<Long> range(long first, long last) {
    return LongStream.rangeClosed(first, last).boxed().toList();
  }

  /** Has no tables, and notes which records it was handed. */
  private static final class Noted implements Projection {
    private final String name;
    private final boolean cares;
    private final List<Long> positions = new CopyOnWriteArrayList<>();
    private final AtomicInteger failures = new AtomicInteger();

    Noted(String name, boolean cares) {
      this.name = name;
      this.cares = cares;
    }

    @Override
    public String name() {
      return name;
    }

    @Override
    public int version() {
      return 1;
    }

    @Override
    public List<String> tables() {
      return List.of();
    }

    @Override
    public boolean folds(Fact fact) {
      return cares;
    }

    @Override
    public Future<Void> fold(SqlConnection transaction, List<Entry> entries) {
      if (failures.getAndUpdate(left -> Math.max(0, left - 1)) > 0) {
        return Future.failedFuture("not yet");
      }
      positions.addAll(entries.stream().map(Entry::position).toList());
      return Future.succeededFuture();
    }
  }
}
