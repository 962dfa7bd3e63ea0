package dev.stele.eventstore.postgres;

import dev.stele.eventstore.Follower;
import dev.stele.eventstore.Following;
import dev.stele.eventstore.LogRecord;
import dev.stele.eventstore.Unavailable;
import io.vertx.core.Context;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One follower's place in the log, and what waits to be handed to it. Batches that wait together
 * are handed over together. When too much waits, or something is missing, the rest is read from the
 * database. Lives on the follower's context.
 */
final class FollowerQueue implements Following {
  private static final Logger LOG = LoggerFactory.getLogger(FollowerQueue.class);
  private static final int READ_LIMIT = 1_000;

  /** About how many records are handed over at a time. */
  private static final int ENOUGH_RECORDS = 1_000;

  private static final long MIN_RETRY_MILLIS = 100;
  private static final long MAX_RETRY_MILLIS = 2_000;

  private final Vertx vertx;
  private final Context context;
  private final Reads reads;
  private final Manner manner;
  private final Follower follower;
  private final Offers offers = new Offers();
  private final Arrivals waiting = new Arrivals();
  private final Promise<Void> ended = Promise.promise();
  private volatile long position;

  /** How far the log is known to go. */
  private long target;

  private Runnable onClose = () -> {};
  private boolean busy;
  private boolean resting;
  private volatile boolean closed;

  /** Since when there is something to do that has not been done; by {@link System#nanoTime()}. */
  private volatile long dueSince = System.nanoTime();

  private volatile boolean due;
  private boolean watching;
  private int failures;
  private @Nullable Throwable failure;

  /**
   * How records are handed over.
   *
   * @param name what the follower is called
   * @param paceMillis how long records gather between two calls
   * @param patienceMillis how long nothing may be done before those who wait are told that it fails
   */
  record Manner(String name, long paceMillis, long patienceMillis) {}

  FollowerQueue(
      Vertx vertx, Context context, Reads reads, long after, Manner manner, Follower follower) {
    this.vertx = vertx;
    this.context = context;
    this.reads = reads;
    this.position = after;
    this.manner = manner;
    this.follower = follower;
  }

  /** For how many seconds it has had something to do without getting any further. */
  double stuckSeconds() {
    return due ? (System.nanoTime() - dueSince) / 1e9 : 0;
  }

  /** Says what to do when the following ends; to be called before anybody else knows of it. */
  void onClose(Runnable action) {
    onClose = action;
  }

  @Override
  public long position() {
    return position;
  }

  @Override
  public Future<Void> reached(long target) {
    if (position >= target) {
      return Future.succeededFuture();
    }
    Promise<Void> promise = Callers.promise();
    context.runOnContext(
        nothing -> {
          if (position >= target) {
            promise.complete();
          } else if (closed) {
            promise.fail("the log is closed");
          } else if (isStuck()) {
            promise.fail(unavailable());
          } else {
            waiting.add(target, promise);
            watch();
            next();
          }
        });
    return promise.future();
  }

  @Override
  public Future<Void> close() {
    closed = true;
    onClose.run();
    Promise<Void> promise = Callers.promise();
    ended.future().onComplete(promise);
    context.runOnContext(
        nothing -> {
          if (!busy) {
            end();
          }
        });
    return promise.future();
  }

  /** Takes the next batch; may be called from any thread, in position order. */
  void offer(Offer offer) {
    context.runOnContext(
        nothing -> {
          offers.add(offer);
          aim(offer.last());
          next();
        });
  }

  /** The log goes as far as this, and not all of it was offered; may be called from any thread. */
  void advanced(long committed) {
    context.runOnContext(
        nothing -> {
          aim(committed);
          next();
        });
  }

  private void aim(long committed) {
    target = Math.max(target, committed);
    if (!due && position < target) {
      dueSince = System.nanoTime();
      due = true;
    }
  }

  private boolean isStuck() {
    return stuckSeconds() * 1_000 > manner.patienceMillis();
  }

  /** Nobody waits for longer than it takes to see that nothing is being done. */
  private void watch() {
    if (watching) {
      return;
    }
    watching = true;
    long unused =
        vertx.setTimer(
            Math.max(1, manner.patienceMillis() / 10),
            timer ->
                context.runOnContext(
                    nothing -> {
                      watching = false;
                      if (isStuck()) {
                        waiting.fail(unavailable());
                      }
                      if (!waiting.isEmpty()) {
                        watch();
                      }
                    }));
  }

  private Unavailable unavailable() {
    Throwable cause = failure;
    return new Unavailable(
        cause != null
            ? cause
            : new DatabaseException(
                manner.name() + " has not got on for " + manner.patienceMillis() + " ms"));
  }

  private void next() {
    while (!busy) {
      if (closed) {
        end();
        return;
      }
      if (resting && waiting.isEmpty() && target - position < ENOUGH_RECORDS) {
        return;
      }
      List<LogRecord> records = offers.takeAfter(position, ENOUGH_RECORDS);
      if (records != null) {
        hand(records);
      } else if (position < target) {
        read();
      } else {
        return;
      }
    }
  }

  /** Lets records gather before the next call. */
  private void rest() {
    if (manner.paceMillis() > 0 && !resting) {
      resting = true;
      long unused =
          vertx.setTimer(
              manner.paceMillis(),
              timer ->
                  context.runOnContext(
                      nothing -> {
                        resting = false;
                        next();
                      }));
    }
  }

  private void hand(List<LogRecord> records) {
    busy = true;
    Future<Void> taken;
    try {
      taken = follower.accept(records);
    } catch (RuntimeException e) {
      taken = Future.failedFuture(e);
    }
    if (taken.succeeded()) {
      took(records);
    } else {
      taken.onComplete(
          result ->
              context.runOnContext(
                  nothing -> {
                    if (result.succeeded()) {
                      took(records);
                      next();
                    } else {
                      retry(result.cause());
                    }
                  }));
    }
  }

  private void took(List<LogRecord> records) {
    position = records.get(records.size() - 1).position();
    busy = false;
    dueSince = System.nanoTime();
    due = position < target;
    recovered();
    rest();
    waiting.reached(position);
  }

  private void recovered() {
    if (failures > 0) {
      LOG.info("{} goes on after {} failures", manner.name(), failures);
      failures = 0;
      failure = null;
    }
  }

  /** The records that failed are behind the position still, so they are read and offered again. */
  private void retry(Throwable cause) {
    if (!closed && failures == 0) {
      // Once, whatever the number of tries; how long it lasts is a metric.
      LOG.warn(
          "{} failed after position {}, and is tried again until it works",
          manner.name(),
          position,
          cause);
    }
    failure = cause;
    long pause = Math.min(MIN_RETRY_MILLIS << Math.min(failures, 10), MAX_RETRY_MILLIS);
    failures++;
    long unused =
        vertx.setTimer(
            pause,
            timer ->
                context.runOnContext(
                    nothing -> {
                      busy = false;
                      next();
                    }));
  }

  /**
   * Reads no further than the log is known to go. The database may have committed more than its
   * writer has heard of yet, and whoever is told of that comes back with a position that this node
   * does not know.
   */
  private void read() {
    busy = true;
    reads
        .after(position, (int) Math.min(READ_LIMIT, target - position))
        .onComplete(
            result ->
                context.runOnContext(
                    nothing -> {
                      if (result.failed()) {
                        retry(result.cause());
                        return;
                      }
                      if (result.result().isEmpty()) {
                        retry(new IllegalStateException("the log ends early"));
                        return;
                      }
                      busy = false;
                      if (!closed) {
                        hand(result.result());
                      }
                      next();
                    }));
  }

  private void end() {
    waiting.end("the log is closed");
    offers.clear();
    boolean unused = ended.tryComplete();
  }
}
