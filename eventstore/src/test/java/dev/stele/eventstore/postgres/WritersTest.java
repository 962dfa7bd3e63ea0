package dev.stele.eventstore.postgres;

import static org.assertj.core.api.Assertions.assertThat;

import dev.stele.eventstore.Append;
import dev.stele.eventstore.Appended;
import dev.stele.eventstore.LogRecord;
import io.vertx.core.Future;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.stream.IntStream;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;

/** Several nodes share one log. */
final class WritersTest extends LogTest {
  private static final int NODES = 3;
  private static final int APPENDERS = 20;
  private static final int APPENDS_EACH = 50;

  @Test
  void positions_fromSeveralWriters_becomeVisibleInOrderWithoutGaps() {
    List<PostgresEventLog> nodes = IntStream.range(0, NODES).mapToObj(i -> open()).toList();
    AtomicBoolean done = new AtomicBoolean();
    Future<List<Long>> seen = readOn(nodes.get(0), 0, new ArrayList<>(), done);

    await(
        Future.all(
            IntStream.range(0, NODES * APPENDERS)
                .mapToObj(i -> appendOn(nodes.get(i % NODES), "s" + i, APPENDS_EACH))
                .toList()));
    done.set(true);

    long last = 2L * NODES * APPENDERS * APPENDS_EACH;
    assertThat(await(seen))
        .containsExactlyElementsOf(LongStream.rangeClosed(1, last).boxed().toList());
  }

  @Test
  void claims_fromSeveralWriters_haveOneHolder() {
    List<PostgresEventLog> nodes = IntStream.range(0, NODES).mapToObj(i -> open()).toList();

    List<Future<Appended>> appends =
        IntStream.range(0, 300)
            .mapToObj(i -> nodes.get(i % NODES).append(claiming(null, name("n" + i / NODES))))
            .toList();

    List<Appended> outcomes = appends.stream().map(LogTest::await).toList();
    assertThat(outcomes.stream().filter(Appended.Committed.class::isInstance)).hasSize(100);
    assertThat(outcomes.stream().filter(Appended.Conflict.class::isInstance)).hasSize(200);
  }

  /** Appends two records at a time, one pair after the other. */
  private static Future<Void> appendOn(PostgresEventLog log, String stream, int left) {
    Append pair = append(stream, "{}", "{}");
    return left == 0
        ? Future.succeededFuture()
        : log.append(pair).compose(done -> appendOn(log, stream, left - 1));
  }

  /** Reads on from where it is, and never back, until everybody is done and nothing is left. */
  private static Future<List<Long>> readOn(
      PostgresEventLog log, long after, List<Long> seen, AtomicBoolean done) {
    boolean wasDone = done.get();
    return log.read(after, 100)
        .compose(
            records -> {
              records.stream().map(LogRecord::position).forEach(seen::add);
              long last = seen.isEmpty() ? 0 : seen.get(seen.size() - 1);
              return records.isEmpty() && wasDone
                  ? Future.succeededFuture(seen)
                  : readOn(log, last, seen, done);
            });
  }
}
