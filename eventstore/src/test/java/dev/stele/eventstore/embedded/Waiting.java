package dev.stele.eventstore.embedded;

import com.google.errorprone.annotations.CanIgnoreReturnValue;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.pgclient.PgConnection;
import io.vertx.sqlclient.Row;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;

/** Blocking forms of what the tests of this package do all the time. */
final class Waiting {
  private Waiting() {}

  @CanIgnoreReturnValue
  static <T> T await(Future<T> future) {
    try {
      return future.await(60, TimeUnit.SECONDS);
    } catch (TimeoutException e) {
      throw new AssertionError("not within a minute", e);
    }
  }

  /** The first row of a statement's result, if it has one. */
  @CanIgnoreReturnValue
  static @Nullable Row row(Vertx vertx, String url, String sql) {
    return await(
        PgConnection.connect(vertx, url)
            .compose(c -> c.query(sql).execute().eventually(c::close))
            .map(rows -> rows.size() == 0 ? null : rows.iterator().next()));
  }

  /** As {@link #row}, over and over until PostgreSQL answers. */
  static @Nullable Row rowOnceBack(Vertx vertx, String url, String sql) {
    long end = System.nanoTime() + Duration.ofSeconds(60).toNanos();
    while (true) {
      try {
        return row(vertx, url, sql);
      } catch (Exception notYet) {
        if (System.nanoTime() > end) {
          throw new AssertionError("PostgreSQL did not come back", notYet);
        }
      }
    }
  }

  /** The PostgreSQL that serves a directory. */
  static ProcessHandle serving(Path directory) {
    try {
      long pid = PidFile.read(directory.resolve("data")).orElseThrow().pid();
      return ProcessHandle.of(pid).orElseThrow();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
