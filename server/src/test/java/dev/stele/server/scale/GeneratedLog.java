package dev.stele.server.scale;

import dev.stele.eventstore.Appended;
import dev.stele.eventstore.embedded.EmbeddedPostgres;
import dev.stele.eventstore.postgres.LogOptions;
import dev.stele.eventstore.postgres.PostgresEventLog;
import dev.stele.server.keys.ServerKeys;
import dev.stele.server.record.Fact;
import dev.stele.server.record.RecordLog;
import dev.stele.stateres.sign.SigningKey;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.vertx.core.Vertx;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;

/**
 * The log of a server that does not run, to be written into directly. Whoever appends waits while
 * too much is on its way. Thread-safe.
 */
final class GeneratedLog implements AutoCloseable {
  /** The name of every generated server. */
  static final String SERVER = "scale";

  private static final int MAX_UNDER_WAY = 16;
  private static final int BATCH_RECORDS = 2_048;
  private static final int BATCH_BYTES = 8 << 20;

  private final Vertx vertx;
  private final EmbeddedPostgres postgres;
  private final PostgresEventLog store;
  private final RecordLog log;
  private final SigningKey key;
  private final Semaphore underWay = new Semaphore(MAX_UNDER_WAY);
  private final AtomicLong appended = new AtomicLong();
  private final AtomicReference<@Nullable Throwable> failure = new AtomicReference<>();

  private GeneratedLog(
      Vertx vertx, EmbeddedPostgres postgres, PostgresEventLog store, SigningKey key) {
    this.vertx = vertx;
    this.postgres = postgres;
    this.store = store;
    this.log = new RecordLog(store);
    this.key = key;
  }

  /** Opens the log of a data directory, which is made if there is none. */
  static GeneratedLog open(Path dataDirectory) throws Exception {
    Vertx vertx = Vertx.vertx();
    SigningKey key = ServerKeys.signingKey(dataDirectory);
    EmbeddedPostgres postgres =
        EmbeddedPostgres.start(vertx, dataDirectory.resolve("postgres")).await(2, TimeUnit.MINUTES);
    LogOptions options =
        new LogOptions(
            InstantSource.system(),
            "server",
            BATCH_RECORDS,
            BATCH_BYTES,
            10_000,
            Duration.ofMinutes(1));
    PostgresEventLog store =
        PostgresEventLog.open(vertx, postgres.url(), options, new SimpleMeterRegistry())
            .await(1, TimeUnit.MINUTES);
    return new GeneratedLog(vertx, postgres, store, key);
  }

  /** The key that the server signs with. */
  SigningKey key() {
    return key;
  }

  /** How many records were appended. */
  long appended() {
    return appended.get();
  }

  /** How many records the log has. */
  long committed() {
    return store.committed();
  }

  /** Appends facts in order, once there is room for them. */
  void append(List<? extends Fact> facts) {
    underWay.acquireUninterruptibly();
    log.append(facts)
        .onComplete(
            result -> {
              if (result.failed()) {
                failure.compareAndSet(null, result.cause());
              } else if (!(result.result() instanceof Appended.Committed)) {
                failure.compareAndSet(null, new IllegalStateException("" + result.result()));
              }
              appended.addAndGet(facts.size());
              underWay.release();
            });
    check();
  }

  /** Waits until everything is in the log. */
  void settle() {
    underWay.acquireUninterruptibly(MAX_UNDER_WAY);
    underWay.release(MAX_UNDER_WAY);
    check();
  }

  private void check() {
    Throwable cause = failure.get();
    if (cause != null) {
      throw new IllegalStateException("the log did not take what was generated", cause);
    }
  }

  @Override
  public void close() throws TimeoutException {
    settle();
    store.close().await(1, TimeUnit.MINUTES);
    postgres.stop().await(1, TimeUnit.MINUTES);
    vertx.close().await(1, TimeUnit.MINUTES);
  }
}
