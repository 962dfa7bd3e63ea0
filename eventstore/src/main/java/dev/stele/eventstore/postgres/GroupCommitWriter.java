package dev.stele.eventstore.postgres;

import dev.stele.eventstore.Append;
import dev.stele.eventstore.Appended;
import dev.stele.eventstore.Lane;
import dev.stele.eventstore.LogRecord;
import dev.stele.eventstore.Overloaded;
import dev.stele.eventstore.Unavailable;
import io.micrometer.core.instrument.MeterRegistry;
import io.vertx.core.Context;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import io.vertx.sqlclient.Row;
import io.vertx.sqlclient.RowSet;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Gathers appends into batches: one transaction is on its way at a time, and whatever arrives
 * meanwhile goes into the next. Alone, an append goes at once. After a batch of several, the next
 * one waits up to a millisecond for those who are just being answered: the greater the batches, the
 * less a record costs. Lives on an event loop of its own; {@link #append} may be called from any
 * thread.
 *
 * <p>The database has {@link LogOptions#patience()} to answer. What it did not answer by then, and
 * what has waited for as long, fails; nobody knows whether it was appended until {@link #settled}.
 */
final class GroupCommitWriter {
  private static final Logger LOG = LoggerFactory.getLogger(GroupCommitWriter.class);

  /** How many batches of the greatest size may wait. */
  private static final long MAX_WAITING_BATCHES = 16;

  /** After a batch of this many appends, more are about to come. */
  private static final int BUSY_BATCH = 4;

  private static final long GATHERING_MILLIS = 1;

  private final Vertx vertx;
  private final Context context;
  private final AppendConnection connection;
  private final LogOptions options;
  private final Feed feed;
  private final Watch watch;
  private final WriterMeters meters;

  private final ConcurrentLinkedQueue<PendingAppend> arrived = new ConcurrentLinkedQueue<>();
  private final AtomicBoolean drainIsDue = new AtomicBoolean();
  private final AtomicInteger waiting = new AtomicInteger();
  private final AtomicLong waitingCharacters = new AtomicLong();
  private final ArrayDeque<PendingAppend> queue = new ArrayDeque<>();
  private boolean busy;
  private boolean gathering;
  private int lastBatch;

  /** Why nothing is appended any more; null while something may be. */
  private @Nullable RuntimeException ended;

  GroupCommitWriter(
      Vertx vertx,
      AppendConnection connection,
      LogOptions options,
      Feed feed,
      Watch watch,
      MeterRegistry metrics) {
    this.vertx = vertx;
    this.context = connection.context();
    this.connection = connection;
    this.options = options;
    this.feed = feed;
    this.watch = watch;
    this.meters = new WriterMeters(metrics, waiting);
    connection.lease().lost().onSuccess(lost -> context.runOnContext(nothing -> end(new Fenced())));
  }

  Future<Appended> append(Append append) {
    try {
      Limits.check(append);
      return enqueue(PendingAppend.of(append));
    } catch (Overloaded | IllegalArgumentException e) {
      Lane lane = append.lane();
      if (lane != null) {
        lane.breakOff();
      }
      return Future.failedFuture(e);
    }
  }

  /**
   * Completes once it is settled in the database what became of every append that has failed. Fails
   * when the database cannot be reached.
   */
  Future<Void> settled() {
    Promise<Void> done = Callers.promise();
    context.runOnContext(nothing -> connection.settle().<Void>mapEmpty().onComplete(done));
    return done.future().recover(failure -> Future.failedFuture(new Unavailable(failure)));
  }

  /** Ends it after what is on its way; what still waits fails. */
  Future<Void> close() {
    Promise<Void> done = Callers.promise();
    context.runOnContext(
        nothing -> {
          end(new DatabaseException("the log is closed"));
          connection.close().onComplete(result -> done.complete());
        });
    return done.future();
  }

  private Future<Appended> enqueue(PendingAppend pending) {
    int appends = waiting.incrementAndGet();
    long characters = waitingCharacters.addAndGet(pending.size());
    boolean tooMuch = characters > MAX_WAITING_BATCHES * options.maxBatchBytes() && appends > 1;
    if (appends > options.maxWaiting() || tooMuch) {
      leave(pending);
      throw new Overloaded();
    }
    arrived.add(pending);
    if (drainIsDue.compareAndSet(false, true)) {
      context.runOnContext(nothing -> drain());
    }
    return pending.promise().future();
  }

  private void drain() {
    drainIsDue.set(false);
    receive();
    flush();
  }

  private void receive() {
    for (PendingAppend next = arrived.poll(); next != null; next = arrived.poll()) {
      queue.add(next);
    }
  }

  private void flush() {
    RuntimeException cause = ended;
    if (cause != null) {
      failAll(cause);
    } else if (!busy && !gathering) {
      abortBroken();
      Batch batch = Batch.take(queue, options.maxBatchRecords(), options.maxBatchBytes());
      if (!batch.appends().isEmpty()) {
        write(batch);
      }
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

  /** Whoever is answered now is likely to ask for more. */
  private void gather() {
    if (lastBatch >= BUSY_BATCH && queue.size() < options.maxBatchRecords()) {
      gathering = true;
      long unused =
          vertx.setTimer(
              GATHERING_MILLIS,
              timer -> {
                gathering = false;
                drain();
              });
    }
  }

  private void write(Batch batch) {
    busy = true;
    lastBatch = batch.appends().size();
    long began = System.nanoTime();
    long at = options.clock().millis();
    connection
        .append(batch, at)
        .onComplete(
            result -> {
              busy = false;
              if (result.succeeded()) {
                conclude(batch, began, at, result.result());
                gather();
              } else {
                lose(batch, result.cause());
              }
              flush();
            });
  }

  private void conclude(Batch batch, long began, long at, RowSet<Row> rows) {
    Long first = rows.iterator().next().getLong("first_position");
    if (first == null) {
      refuse(batch, rows);
      return;
    }
    meters.committed(batch.size(), began);
    List<LogRecord> records = batch.records(first, at);
    feed.publish(records);
    watch.announce(first + records.size() - 1);
    long position = first;
    for (PendingAppend pending : batch.appends()) {
      settle(pending);
      pending.promise().complete(new Appended.Committed(position));
      position += pending.append().records().size();
    }
  }

  /** Takes the appends whose claims are held out of the batch; what is left is tried again. */
  private void refuse(Batch batch, RowSet<Row> rows) {
    IdentityHashMap<PendingAppend, Appended> refused = new IdentityHashMap<>();
    for (Row row : rows) {
      int number = row.getInteger("claim");
      refused.putIfAbsent(
          batch.ofClaim(number), new Appended.Conflict(batch.claim(number), row.getLong("holder")));
    }
    Set<Lane> broken = new HashSet<>();
    List<PendingAppend> others = new ArrayList<>();
    for (PendingAppend pending : batch.appends()) {
      Lane lane = pending.append().lane();
      Appended outcome =
          lane != null && broken.contains(lane) ? new Appended.Aborted() : refused.get(pending);
      if (outcome == null) {
        others.add(pending);
      } else {
        settle(pending);
        pending.refuse(outcome);
        if (lane != null) {
          broken.add(lane);
        }
      }
    }
    if (!others.isEmpty()) {
      write(new Batch(others));
    }
  }

  /** A failed transaction may have been committed all the same: the database knows. */
  private void lose(Batch batch, Throwable cause) {
    Throwable reason = cause instanceof Fenced ? cause : new Unavailable(cause);
    batch.appends().forEach(pending -> fail(pending, reason));
    receive();
    long late = System.nanoTime() - TimeUnit.MILLISECONDS.toNanos(connection.patienceMillis());
    for (PendingAppend next = queue.peek();
        next != null && next.since() - late < 0;
        next = queue.peek()) {
      fail(queue.remove(), reason);
    }
    if (ended == null && !(cause instanceof Fenced)) {
      LOG.warn("an append failed: {}", cause.getMessage());
      watch.check();
    }
  }

  private void end(RuntimeException cause) {
    if (ended == null) {
      ended = cause;
    }
    failAll(ended);
  }

  private void failAll(Throwable cause) {
    receive();
    for (PendingAppend pending = queue.poll(); pending != null; pending = queue.poll()) {
      fail(pending, cause);
    }
  }

  private void fail(PendingAppend pending, Throwable cause) {
    settle(pending);
    pending.fail(cause);
  }

  private void settle(PendingAppend pending) {
    leave(pending);
    meters.settled(pending.since());
  }

  private void leave(PendingAppend pending) {
    waiting.decrementAndGet();
    waitingCharacters.addAndGet(-pending.size());
  }
}
