package dev.stele.eventstore.postgres;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.stele.eventstore.Appended;
import dev.stele.eventstore.Unavailable;
import io.vertx.core.Future;
import io.vertx.pgclient.PgConnection;
import io.vertx.pgclient.PgException;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

/** A database that is there and does not answer. */
final class PatienceTest extends LogTest {
  /** Enough to connect and to append on a machine that is busy. */
  private static final LogOptions IMPATIENT =
      OPTIONS.withLease("server").withPatience(Duration.ofMillis(1_500));

  @Test
  void append_withoutAnAnswer_failsInTime() {
    PostgresEventLog log = open(IMPATIENT);
    PgConnection blocker = block();

    assertThatThrownBy(() -> await(log.append(claiming(null, name("a")))))
        .isInstanceOf(Unavailable.class)
        .hasMessageContaining("1500 ms");
    assertThatThrownBy(() -> await(log.refresh())).isInstanceOf(Unavailable.class);

    await(blocker.close());
    assertThat(log.fenced().isComplete()).isFalse();
  }

  @Test
  void append_thatWaitedBehindOneWithoutAnAnswer_failsToo() {
    PostgresEventLog log = open(IMPATIENT);
    PgConnection blocker = block();

    List<Future<Appended>> appends =
        List.of(log.append(claiming(null, name("a"))), log.append(claiming(null, name("b"))));

    appends.forEach(
        append -> assertThatThrownBy(() -> await(append)).isInstanceOf(Unavailable.class));
    await(blocker.close());
  }

  @Test
  void refresh_afterAnAppendWithoutAnAnswer_tellsWhatBecameOfIt() {
    PostgresEventLog log = open(IMPATIENT);
    PgConnection blocker = block();
    assertThatThrownBy(() -> await(log.append(claiming(null, name("a")))))
        .isInstanceOf(Unavailable.class);
    await(blocker.close());

    long head = await(refreshed(log));
    Appended again = await(log.append(claiming(null, name("a"))));

    assertThat(again)
        .isEqualTo(head == 0 ? new Appended.Committed(1) : new Appended.Conflict(name("a"), 1));
    assertThat(positions(await(log.read(0, 10)))).containsExactly(1L);
  }

  @Test
  void append_overAConnectionThatWasGivenUp_isRefused() {
    PostgresEventLog log = open(OPTIONS.withLease("server"));
    await(log.append(append("s", "1")));
    sql(
        "SELECT pg_terminate_backend(pid) FROM pg_stat_activity"
            + " WHERE datname = current_database() AND pid <> pg_backend_pid()");
    while (term() < 2) {
      await(refreshed(log));
    }

    assertThatThrownBy(
            () ->
                sql(
                    "SELECT log.append('server', 1, 1, 0, '{s}', '{k}', '{2}', '{NULL}',"
                        + " '{}', '{}', '{}')"))
        .isInstanceOfSatisfying(
            PgException.class, refusal -> assertThat(refusal.getSqlState()).isEqualTo("SL001"));
    assertThat(await(log.append(append("s", "2")))).isEqualTo(new Appended.Committed(2));
  }

  /** Holds the lock that appends take. */
  private PgConnection block() {
    PgConnection blocker = await(PgConnection.connect(vertx(), url()));
    assertThat(await(blocker.query("BEGIN; SELECT FROM log.head FOR UPDATE").execute()))
        .isNotNull();
    return blocker;
  }

  /** The term of the lease that the log holds: it grows with each connection. */
  private long term() {
    return sql("SELECT term FROM log.lease WHERE name = 'server'").iterator().next().getLong(0);
  }

  /** Asks until the database is back. */
  private static Future<Long> refreshed(PostgresEventLog log) {
    return log.refresh().recover(failure -> vertx().timer(20).compose(done -> refreshed(log)));
  }
}
