package dev.stele.eventstore.postgres;

import com.google.errorprone.annotations.CanIgnoreReturnValue;
import dev.stele.eventstore.Append;
import dev.stele.eventstore.Appended;
import dev.stele.eventstore.Claim;
import dev.stele.eventstore.EventLog;
import dev.stele.eventstore.Lane;
import dev.stele.eventstore.LogRecord;
import dev.stele.eventstore.NewRecord;
import dev.stele.eventstore.embedded.FreshDatabases;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.pgclient.PgConnection;
import io.vertx.sqlclient.Row;
import io.vertx.sqlclient.RowSet;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;

/** Gives each test an empty database, and closes the logs that it opened. */
abstract class LogTest {
  static final LogOptions OPTIONS = LogOptions.defaults(InstantSource.system());
  private static Vertx vertx;

  private final List<PostgresEventLog> logs = new ArrayList<>();
  private String url;

  @BeforeAll
  static void startVertx() {
    vertx = Vertx.vertx();
  }

  @AfterAll
  static void stopVertx() {
    await(vertx.close());
  }

  @BeforeEach
  final void makeDatabase() {
    url = await(FreshDatabases.ofThisJvm().compose(FreshDatabases::fresh));
  }

  @AfterEach
  final void closeLogs() {
    logs.forEach(log -> await(log.close()));
  }

  static Vertx vertx() {
    return vertx;
  }

  final String url() {
    return url;
  }

  @CanIgnoreReturnValue
  final PostgresEventLog open() {
    return open(OPTIONS);
  }

  @CanIgnoreReturnValue
  final PostgresEventLog open(LogOptions options) {
    return open(url, options);
  }

  @CanIgnoreReturnValue
  final PostgresEventLog open(String url, LogOptions options) {
    return open(url, options, new SimpleMeterRegistry());
  }

  final PostgresEventLog open(LogOptions options, SimpleMeterRegistry meters) {
    return open(url, options, meters);
  }

  private PostgresEventLog open(String url, LogOptions options, SimpleMeterRegistry meters) {
    PostgresEventLog log = await(PostgresEventLog.open(vertx, url, options, meters));
    logs.add(log);
    return log;
  }

  @CanIgnoreReturnValue
  final RowSet<Row> sql(String statement) {
    return await(
        PgConnection.connect(vertx, url)
            .compose(one -> one.query(statement).execute().eventually(one::close)));
  }

  @CanIgnoreReturnValue
  static <T> T await(Future<T> future) {
    try {
      return future.await(60, TimeUnit.SECONDS);
    } catch (TimeoutException e) {
      throw new AssertionError("not within a minute", e);
    }
  }

  static Append append(String stream, String... skeletons) {
    return append(null, stream, skeletons);
  }

  static Append append(Lane lane, String stream, String... skeletons) {
    return new Append(
        lane,
        List.of(skeletons).stream()
            .map(text -> new NewRecord(stream, "test", text, null, List.of(), null))
            .toList(),
        List.of());
  }

  static Append claiming(Lane lane, Claim... claims) {
    return new Append(
        lane,
        List.of(new NewRecord("names", "claimed", "{}", null, List.of(claims), null)),
        List.of());
  }

  static Append releasing(Claim released, Claim... claims) {
    return new Append(
        null,
        List.of(new NewRecord("names", "released", "{}", null, List.of(claims), null)),
        List.of(released));
  }

  static Claim name(String key) {
    return new Claim("name", key);
  }

  /** Appends so many records, each by itself, all at once. */
  static void appendMany(EventLog log, String stream, int count) {
    await(
        Future.all(
            IntStream.range(0, count)
                .mapToObj(i -> log.append(append(stream, Integer.toString(i))))
                .toList()));
  }

  static long first(Appended appended) {
    return ((Appended.Committed) appended).first();
  }

  static List<Long> positions(List<LogRecord> records) {
    return records.stream().map(LogRecord::position).toList();
  }

  static List<String> skeletons(List<LogRecord> records) {
    return records.stream().map(LogRecord::skeleton).toList();
  }
}
