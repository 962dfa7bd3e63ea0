package dev.stele.eventstore.postgres;

import dev.stele.eventstore.Append;
import dev.stele.eventstore.Appended;
import dev.stele.eventstore.Overloaded;
import io.micrometer.core.instrument.DistributionSummary;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import io.vertx.core.Context;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import io.vertx.pgclient.PgConnectOptions;
import io.vertx.pgclient.PgConnection;
import io.vertx.pgclient.PgException;
import io.vertx.sqlclient.PreparedQuery;
import io.vertx.sqlclient.Row;
import io.vertx.sqlclient.RowSet;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Gathers appends into batches: one transaction is on its way at a time, and whatever arrives
 * meanwhile goes into the next. Alone, an append goes at once; under load, batches grow by
 * themselves. Lives on an event loop of its own; {@link #append} may be called from any thread.
 */
final class GroupCommitWriter {
  private static final Logger LOG = LoggerFactory.getLogger(GroupCommitWriter.class);
  private static final String APPEND =
      "SELECT first_position, claim, holder"
          + " FROM log.append($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12)";
  private static final String FENCED = "SL001";
  private static final long MAX_PAUSE_MILLIS = 1_000;

  private final Context context;
  private final Vertx vertx;
  private final PgConnectOptions database;
  private final LogOptions options;
  private final long epoch;
  private final Feed feed;
  private final Promise<Void> fenced = Promise.promise();

  private final ConcurrentLinkedQueue<PendingAppend> arrived = new ConcurrentLinkedQueue<>();
  private final AtomicBoolean drainIsDue = new AtomicBoolean();
  private final AtomicInteger waiting = new AtomicInteger();
  private final ArrayDeque<PendingAppend> queue = new ArrayDeque<>();
  private @Nullable PgConnection connection;
  private boolean busy;
  private boolean closed;
  private long pauseMillis;

  private final DistributionSummary batchSize;
  private final Timer commitTime;
  private final Timer appendTime;

  GroupCommitWriter(
      Vertx vertx,
      Context context,
      PgConnectOptions database,
      LogOptions options,
      long epoch,
      Feed feed,
      MeterRegistry metrics) {
    this.vertx = vertx;
    this.context = context;
    this.database = database;
    this.options = options;
    this.epoch = epoch;
    this.feed = feed;
    this.batchSize =
        DistributionSummary.builder("stele.log.batch")
            .description("Records in one transaction")
            .publishPercentiles(0.5, 0.99)
            .register(metrics);
    this.commitTime = timer(metrics, "stele.log.commit", "Time that a transaction takes");
    this.appendTime = timer(metrics, "stele.log.append", "Time from an append to its outcome");
    Gauge.builder("stele.log.waiting", waiting, AtomicInteger::get)
        .description("Appends that wait")
        .register(metrics);
  }

  private static Timer timer(MeterRegistry metrics, String name, String description) {
    return Timer.builder(name)
        .description(description)
        .publishPercentiles(0.5, 0.99)
        .register(metrics);
  }

  /** Completes when another writer has taken over the lease. */
  Future<Void> fenced() {
    return fenced.future();
  }

  Future<Appended> append(Append append) {
    if (waiting.incrementAndGet() > options.maxWaiting()) {
      waiting.decrementAndGet();
      return Future.failedFuture(new Overloaded());
    }
    Promise<Appended> promise = Promise.promise();
    try {
      arrived.add(PendingAppend.of(append, promise));
    } catch (IllegalArgumentException e) {
      waiting.decrementAndGet();
      return Future.failedFuture(e);
    }
    if (drainIsDue.compareAndSet(false, true)) {
      context.runOnContext(nothing -> drain());
    }
    return promise.future();
  }

  /** Ends it after what is on its way; what still waits fails. */
  Future<Void> close() {
    Promise<Void> done = Promise.promise();
    context.runOnContext(
        nothing -> {
          closed = true;
          failAll(new DatabaseException("the log is closed"));
          PgConnection open = connection;
          if (open == null) {
            done.complete();
          } else {
            open.close().onComplete(result -> done.complete());
          }
        });
    return done.future();
  }

  private void drain() {
    drainIsDue.set(false);
    for (PendingAppend next = arrived.poll(); next != null; next = arrived.poll()) {
      queue.add(next);
    }
    flush();
  }

  private void flush() {
    if (busy || queue.isEmpty()) {
      return;
    }
    if (closed) {
      failAll(new DatabaseException("the log is closed"));
      return;
    }
    abortBroken();
    Batch batch = Batch.take(queue, options.maxBatchRecords(), options.maxBatchBytes());
    if (!batch.appends().isEmpty()) {
      busy = true;
      write(batch);
    }
  }

  private void abortBroken() {
    queue.removeIf(
        pending -> {
          if (!pending.laneIsBroken()) {
            return false;
          }
          settle(pending);
          pending.promise().complete(new Appended.Aborted());
          return true;
        });
  }

  private void write(Batch batch) {
    long began = System.nanoTime();
    long at = options.clock().millis();
    connected()
        .compose(open -> execute(open, batch, at))
        .onComplete(
            result -> {
              busy = false;
              if (result.succeeded()) {
                commitTime.record(Duration.ofNanos(System.nanoTime() - began));
                conclude(batch, at, result.result());
              } else {
                lose(batch, result.cause());
              }
              flush();
            });
  }

  private Future<RowSet<Row>> execute(PgConnection open, Batch batch, long at) {
    PreparedQuery<RowSet<Row>> append = open.preparedQuery(APPEND);
    return append.execute(batch.parameters(options.lease(), epoch, at));
  }

  private void conclude(Batch batch, long at, RowSet<Row> rows) {
    Long first = rows.iterator().next().getLong("first_position");
    if (first == null) {
      refuse(batch, rows);
      return;
    }
    batchSize.record(batch.size());
    feed.publish(batch.records(first, at));
    long position = first;
    for (PendingAppend pending : batch.appends()) {
      settle(pending);
      pending.promise().complete(new Appended.Committed(position));
      position += pending.append().records().size();
    }
  }

  /** Takes the appends whose claims are held out of the batch; the others are tried again. */
  private void refuse(Batch batch, RowSet<Row> rows) {
    List<PendingAppend> others = new ArrayList<>(batch.appends());
    for (Row row : rows) {
      int number = row.getInteger("claim");
      PendingAppend pending = batch.ofClaim(number);
      if (others.remove(pending)) {
        settle(pending);
        pending.refuse(new Appended.Conflict(batch.claim(number), row.getLong("holder")));
      }
    }
    for (int i = others.size() - 1; i >= 0; i--) {
      queue.addFirst(others.get(i));
    }
  }

  /** A failed transaction may have been committed all the same: the feed looks at the log. */
  private void lose(Batch batch, Throwable cause) {
    boolean takenOver = cause instanceof PgException e && FENCED.equals(e.getSqlState());
    Throwable told = takenOver ? new Fenced() : cause;
    for (PendingAppend pending : batch.appends()) {
      settle(pending);
      pending.fail(told);
    }
    if (takenOver) {
      fenced.tryComplete();
      failAll(told);
    } else if (!closed) {
      LOG.warn("an append failed: {}", cause.getMessage());
      disconnect();
    }
    feed.check();
  }

  private void failAll(Throwable cause) {
    for (PendingAppend next = arrived.poll(); next != null; next = arrived.poll()) {
      queue.add(next);
    }
    for (PendingAppend pending = queue.poll(); pending != null; pending = queue.poll()) {
      settle(pending);
      pending.fail(cause);
    }
  }

  private void settle(PendingAppend pending) {
    waiting.decrementAndGet();
    appendTime.record(Duration.ofNanos(System.nanoTime() - pending.since()));
  }

  private Future<PgConnection> connected() {
    PgConnection open = connection;
    if (open != null) {
      return Future.succeededFuture(open);
    }
    Promise<Void> pause = Promise.promise();
    if (pauseMillis == 0) {
      pause.complete();
    } else {
      long unused = vertx.setTimer(pauseMillis, timer -> pause.complete());
    }
    pauseMillis = Math.min(Math.max(10, 2 * pauseMillis), MAX_PAUSE_MILLIS);
    return pause
        .future()
        .compose(over -> PgConnection.connect(vertx, database))
        .onSuccess(this::use);
  }

  private void use(PgConnection opened) {
    pauseMillis = 0;
    connection = opened;
    PgConnection unused =
        opened.closeHandler(
            nothing -> {
              if (connection == opened) {
                connection = null;
              }
            });
  }

  private void disconnect() {
    PgConnection open = connection;
    connection = null;
    if (open != null) {
      Future<Void> unused = open.close();
    }
  }
}
