package dev.stele.eventstore.postgres;

import dev.stele.eventstore.Append;
import dev.stele.eventstore.Appended;
import dev.stele.eventstore.Claim;
import dev.stele.eventstore.EventLog;
import dev.stele.eventstore.Follower;
import dev.stele.eventstore.Following;
import dev.stele.eventstore.LogRecord;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.vertx.core.Context;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.internal.VertxInternal;
import io.vertx.pgclient.PgBuilder;
import io.vertx.pgclient.PgConnectOptions;
import io.vertx.sqlclient.Pool;
import io.vertx.sqlclient.PoolOptions;
import java.time.Duration;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.TimeUnit;

/** The log in a PostgreSQL database, in the schema {@code log} that it makes for itself. */
public final class PostgresEventLog implements EventLog {
  static final int POOL_SIZE = 16;
  private static final int CACHED_STATEMENTS = 512;

  /** How many questions may wait for a connection. */
  private static final int MAX_WAITING_QUESTIONS = 20_000;

  private final Pool pool;
  private final Reads reads;
  private final Feed feed;
  private final Lease lease;
  private final Watch watch;
  private final GroupCommitWriter writer;

  private PostgresEventLog(
      Pool pool, Reads reads, Feed feed, Lease lease, Watch watch, GroupCommitWriter writer) {
    this.pool = pool;
    this.reads = reads;
    this.feed = feed;
    this.lease = lease;
    this.watch = watch;
    this.writer = writer;
  }

  /**
   * Opens the log, making or migrating its schema. Fails with a {@link DatabaseException} that says
   * in one line why the database cannot be used.
   *
   * @param url {@code postgres://user:password@host:port/database}; a password is percent-encoded
   */
  public static Future<PostgresEventLog> open(
      Vertx vertx, String url, LogOptions options, MeterRegistry metrics) {
    PgConnectOptions database;
    try {
      database = connectOptions(url);
    } catch (RuntimeException unreadable) {
      // Its message holds the whole URL, and with it the password.
      return Future.failedFuture(
          new DatabaseException(
              "the database URL cannot be read"
                  + " (expected: postgres://user:password@host:port/database)"));
    }
    CountingPool pool =
        new CountingPool(
            PgBuilder.pool().with(pool(options)).connectingTo(database).using(vertx).build());
    return ServerVersion.check(pool)
        .compose(newEnough -> Migrations.run(pool))
        .compose(migrated -> Lease.take(pool, options.lease()))
        .compose(lease -> open(vertx, pool, database, options, lease, metrics))
        .recover(failure -> close(pool, explain(database, failure)));
  }

  /** The pool that projections share. */
  public Pool pool() {
    return pool;
  }

  /** Completes when another server has taken over the lease that the log was opened with. */
  public Future<Void> fenced() {
    return lease.lost();
  }

  /** Ends it: what waits fails, followers are called no more, connections are closed. */
  public Future<Void> close() {
    return watch
        .close()
        .compose(closed -> writer.close())
        .compose(closed -> feed.close())
        .compose(closed -> pool.close());
  }

  @Override
  public Future<Appended> append(Append append) {
    return writer.append(append);
  }

  @Override
  public long committed() {
    return feed.committed();
  }

  @Override
  public Future<Long> refresh() {
    return writer.settled().compose(settled -> reads.settledHead()).onSuccess(feed::learned);
  }

  @Override
  public Future<List<LogRecord>> read(long after, int limit) {
    return reads.after(after, limit);
  }

  @Override
  public Future<List<LogRecord>> readStream(String stream, long after, int limit) {
    return reads.stream(stream, after, limit);
  }

  @Override
  public Future<List<LogRecord>> readAt(Collection<Long> positions) {
    return reads.at(positions);
  }

  @Override
  public Future<Map<Claim, Long>> holders(Collection<Claim> claims) {
    return reads.holders(claims);
  }

  @Override
  public Following follow(String name, long after, Duration pace, Follower follower) {
    return feed.follow(name, after, pace, follower);
  }

  @Override
  public Future<Integer> erase(Collection<Long> positions) {
    return reads.erase(positions);
  }

  private static Future<PostgresEventLog> open(
      Vertx vertx,
      CountingPool pool,
      PgConnectOptions database,
      LogOptions options,
      Lease lease,
      MeterRegistry metrics) {
    Gauge.builder("stele.database.connections", pool, Pool::size)
        .description("Open connections for questions; at most " + POOL_SIZE)
        .register(metrics);
    Gauge.builder("stele.database.waiting", pool, CountingPool::waiting)
        .description("Questions that wait for a connection; at most " + MAX_WAITING_QUESTIONS)
        .register(metrics);
    Reads reads = new Reads(pool);
    return reads
        .head(lease.name())
        .map(
            head -> {
              String self = UUID.randomUUID().toString();
              Context context = ((VertxInternal) vertx).createEventLoopContext();
              Feed feed =
                  new Feed(vertx, reads, head.getLong("position"), options.patience(), metrics);
              Watch watch = new Watch(vertx, pool, database, reads, feed, lease, self);
              AppendConnection connection =
                  new AppendConnection(
                      vertx, context, database, lease, options.patience().toMillis());
              GroupCommitWriter writer =
                  new GroupCommitWriter(vertx, connection, options, feed, watch, metrics);
              return new PostgresEventLog(pool, reads, feed, lease, watch, writer);
            });
  }

  /** Whoever asks gets a connection, or a failure, in the time that an append may take. */
  private static PoolOptions pool(LogOptions options) {
    return new PoolOptions()
        .setMaxSize(POOL_SIZE)
        .setMaxWaitQueueSize(MAX_WAITING_QUESTIONS)
        .setConnectionTimeout((int) options.patience().toMillis())
        .setConnectionTimeoutUnit(TimeUnit.MILLISECONDS);
  }

  private static PgConnectOptions connectOptions(String url) {
    PgConnectOptions options = PgConnectOptions.fromUri(url);
    return new PgConnectOptions(options)
        .addProperty("client_min_messages", "warning")
        .setCachePreparedStatements(true)
        .setPreparedStatementCacheMaxSize(CACHED_STATEMENTS);
  }

  private static Throwable explain(PgConnectOptions database, Throwable failure) {
    return failure instanceof DatabaseException
        ? failure
        : new DatabaseException(
            "the database at "
                + database.getHost()
                + ":"
                + database.getPort()
                + " cannot be used: "
                + failure.getMessage(),
            failure);
  }

  private static <T> Future<T> close(Pool pool, Throwable failure) {
    return pool.close().transform(closed -> Future.failedFuture(failure));
  }
}
