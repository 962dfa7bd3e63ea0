package dev.stele.eventstore.postgres;

import static org.assertj.core.api.Assertions.assertThat;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.vertx.core.Future;
import io.vertx.pgclient.PgConnection;
import io.vertx.sqlclient.Row;
import io.vertx.sqlclient.RowSet;
import io.vertx.sqlclient.Tuple;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** How many questions wait for a connection. */
final class CountingPoolTest extends LogTest {
  private static final String WAIT = "SELECT pg_advisory_xact_lock($1)";
  private static final int TOO_MANY = 3;

  private final SimpleMeterRegistry meters = new SimpleMeterRegistry();

  @Test
  void questions_beyondTheConnections_areCountedUntilTheyHaveOne() {
    PostgresEventLog log = open(OPTIONS, meters);
    assertThat(waiting()).isZero();
    PgConnection blocker = await(PgConnection.connect(vertx(), url()));
    await(blocker.query("SELECT pg_advisory_lock(7)").execute());

    List<Future<RowSet<Row>>> questions = new ArrayList<>();
    for (int i = 0; i < PostgresEventLog.POOL_SIZE + TOO_MANY - 1; i++) {
      questions.add(log.pool().preparedQuery(WAIT).execute(Tuple.of(7)));
    }
    questions.add(
        log.pool()
            .withTransaction(
                transaction -> transaction.query("SELECT pg_advisory_xact_lock(7)").execute()));
    while (waiting() != TOO_MANY) {
      Thread.onSpinWait();
    }

    await(blocker.close());
    questions.forEach(LogTest::await);
    while (waiting() > 0) {
      Thread.onSpinWait();
    }
    assertThat(await(log.pool().query("SELECT 1").execute())).hasSize(1);
  }

  private double waiting() {
    return meters.get("stele.database.waiting").gauge().value();
  }
}
