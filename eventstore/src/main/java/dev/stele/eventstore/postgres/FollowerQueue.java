package dev.stele.eventstore.postgres;

import dev.stele.eventstore.Follower;
import dev.stele.eventstore.Following;
import dev.stele.eventstore.LogRecord;
import io.vertx.core.Context;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import java.util.ArrayDeque;
import java.util.Comparator;
import java.util.List;
import java.util.PriorityQueue;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One follower's place in the log, and what waits to be handed to it. When too much waits, or
 * something is missing, the rest is read from the database. Lives on the follower's context.
 */
final class FollowerQueue implements Following {
  private static final Logger LOG = LoggerFactory.getLogger(FollowerQueue.class);
  private static final int MAX_WAITING_RECORDS = 20_000;
  private static final int READ_LIMIT = 1_000;
  private static final long RETRY_MILLIS = 100;

  private final Vertx vertx;
  private final Context context;
  private final Reads reads;
  private final Follower follower;
  private final Feed feed;
  private final ArrayDeque<List<LogRecord>> batches = new ArrayDeque<>();
  private final PriorityQueue<Waiting> waiting =
      new PriorityQueue<>(Comparator.comparingLong(Waiting::position));
  private final Promise<Void> ended = Promise.promise();
  private int waitingRecords;
  private volatile long position;
  private boolean busy;
  private volatile boolean closed;

  private record Waiting(long position, Promise<Void> promise) {}

  FollowerQueue(
      Vertx vertx, Context context, Reads reads, long after, Follower follower, Feed feed) {
    this.vertx = vertx;
    this.context = context;
    this.reads = reads;
    this.position = after;
    this.follower = follower;
    this.feed = feed;
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
    Promise<Void> promise = Promise.promise();
    context.runOnContext(
        nothing -> {
          if (position >= target) {
            promise.complete();
          } else if (closed) {
            promise.fail("the log is closed");
          } else {
            waiting.add(new Waiting(target, promise));
          }
        });
    return promise.future();
  }

  @Override
  public Future<Void> close() {
    closed = true;
    feed.remove(this);
    context.runOnContext(
        nothing -> {
          if (!busy) {
            end();
          }
        });
    return ended.future();
  }

  /** Takes the next batch; may be called from any thread, in position order. */
  void offer(List<LogRecord> records) {
    context.runOnContext(
        nothing -> {
          if (waitingRecords + records.size() <= MAX_WAITING_RECORDS) {
            batches.add(records);
            waitingRecords += records.size();
          }
          next();
        });
  }

  /** The log may go further than what was offered. */
  void advanced() {
    context.runOnContext(nothing -> next());
  }

  private void next() {
    while (!busy) {
      if (closed) {
        end();
        return;
      }
      List<LogRecord> batch = takeNext();
      if (batch != null) {
        hand(batch);
      } else if (position < feed.committed()) {
        read();
      } else {
        return;
      }
    }
  }

  /**
   * The waiting batch that comes next; null if there is none, or something before it is missing.
   */
  private @Nullable List<LogRecord> takeNext() {
    for (List<LogRecord> batch = batches.peek(); batch != null; batch = batches.peek()) {
      if (batch.get(0).position() > position + 1) {
        return null;
      }
      batches.remove();
      waitingRecords -= batch.size();
      if (batch.get(batch.size() - 1).position() > position) {
        int known = (int) (position + 1 - batch.get(0).position());
        return known == 0 ? batch : batch.subList(known, batch.size());
      }
    }
    return null;
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
    while (!waiting.isEmpty() && waiting.peek().position() <= position) {
      waiting.remove().promise().complete();
    }
  }

  /** The records that failed are behind the position still, so they are read and offered again. */
  private void retry(Throwable cause) {
    if (!closed) {
      LOG.warn("a follower failed after position {} and will try again", position, cause);
    }
    long unused =
        vertx.setTimer(
            RETRY_MILLIS,
            timer ->
                context.runOnContext(
                    nothing -> {
                      busy = false;
                      next();
                    }));
  }

  private void read() {
    busy = true;
    reads
        .after(position, READ_LIMIT)
        .onComplete(
            result ->
                context.runOnContext(
                    nothing -> {
                      if (result.failed()) {
                        retry(result.cause());
                        return;
                      }
                      busy = false;
                      if (!result.result().isEmpty() && !closed) {
                        hand(result.result());
                      }
                      next();
                    }));
  }

  private void end() {
    waiting.forEach(one -> one.promise().tryFail("the log is closed"));
    waiting.clear();
    batches.clear();
    boolean unused = ended.tryComplete();
  }
}
