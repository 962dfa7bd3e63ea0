package dev.stele.eventstore.postgres;

import static org.assertj.core.api.Assertions.assertThat;

import dev.stele.eventstore.Appended;
import dev.stele.eventstore.Following;
import dev.stele.eventstore.LogRecord;
import dev.stele.eventstore.embedded.EmbeddedPostgres;
import io.vertx.core.Future;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.stream.IntStream;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Appends that meet failures are tried again by their name until the log has them. */
final class ConnectionLossTest extends LogTest {
  private final Map<String, Long> acknowledged = new ConcurrentHashMap<>();
  private final List<LogRecord> followed = new CopyOnWriteArrayList<>();

  @Test
  void append_whileConnectionsAreCut_losesAndDoublesNothing() {
    PostgresEventLog log = open();
    Following following = follow(log);

    List<Future<Void>> appenders = appenders(log, 30, 40);
    for (int i = 0; i < 20; i++) {
      sql(
          "SELECT pg_terminate_backend(pid) FROM pg_stat_activity"
              + " WHERE datname = current_database() AND pid <> pg_backend_pid()");
    }

    await(Future.all(appenders));
    assertEachOnce(log, following, 30 * 40);
  }

  @Test
  void append_whilePostgresIsKilled_losesAndDoublesNothing(@TempDir Path directory)
      throws IOException {
    EmbeddedPostgres postgres = await(EmbeddedPostgres.start(vertx(), directory));
    try {
      PostgresEventLog log = open(postgres.url(), OPTIONS);
      Following following = follow(log);

      List<Future<Void>> appenders = appenders(log, 30, 100);
      kill(directory);

      await(Future.all(appenders));
      assertEachOnce(log, following, 30 * 100);
      await(log.close());
    } finally {
      await(postgres.stop());
    }
  }

  private static void kill(Path directory) throws IOException {
    String pid = Files.readAllLines(directory.resolve("data/postmaster.pid")).get(0);
    assertThat(ProcessHandle.of(Long.parseLong(pid)).orElseThrow().destroyForcibly()).isTrue();
  }

  private Following follow(PostgresEventLog log) {
    return log.follow(
        "test",
        0,
        records -> {
          followed.addAll(records);
          return Future.succeededFuture();
        });
  }

  private List<Future<Void>> appenders(PostgresEventLog log, int appenders, int appendsEach) {
    return IntStream.range(0, appenders)
        .mapToObj(i -> appendOn(log, "n" + i + "-", appendsEach))
        .toList();
  }

  private Future<Void> appendOn(PostgresEventLog log, String prefix, int left) {
    return left == 0
        ? Future.succeededFuture()
        : untilInTheLog(log, prefix + left).compose(done -> appendOn(log, prefix, left - 1));
  }

  /** A conflict means that an earlier try was committed although it seemed to fail. */
  private Future<Void> untilInTheLog(PostgresEventLog log, String key) {
    return log.append(claiming(null, name(key)))
        .transform(
            tried -> {
              if (tried.failed()) {
                return vertx().timer(20).mapEmpty().compose(done -> untilInTheLog(log, key));
              }
              long position =
                  tried.result() instanceof Appended.Conflict conflict
                      ? conflict.holder()
                      : first(tried.result());
              acknowledged.put(key, position);
              return Future.succeededFuture();
            });
  }

  private void assertEachOnce(PostgresEventLog log, Following following, long appends) {
    await(following.reached(appends));
    List<Long> all = LongStream.rangeClosed(1, appends).boxed().toList();
    assertThat(positions(await(log.read(0, Integer.MAX_VALUE)))).isEqualTo(all);
    assertThat(positions(followed)).isEqualTo(all);
    assertThat(new ArrayList<>(acknowledged.values())).containsExactlyInAnyOrderElementsOf(all);
  }
}
