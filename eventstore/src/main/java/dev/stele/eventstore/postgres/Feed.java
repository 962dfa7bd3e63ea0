package dev.stele.eventstore.postgres;

import dev.stele.eventstore.Follower;
import dev.stele.eventstore.LogRecord;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Tags;
import io.vertx.core.Context;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicLong;

/**
 * Hands committed records to followers, and knows how far the log goes. Records of this node come
 * straight from its writer; those of other nodes are noticed by asking the database now and then.
 * Thread-safe.
 */
final class Feed {
  /** How often to ask whether others have appended, in milliseconds. */
  private static final long CHECK_MILLIS = 500;

  private final Vertx vertx;
  private final Reads reads;
  private final MeterRegistry metrics;
  private final AtomicLong committed;
  private final List<FollowerQueue> followers = new CopyOnWriteArrayList<>();
  private final long timer;

  Feed(Vertx vertx, Reads reads, long committed, MeterRegistry metrics) {
    this.vertx = vertx;
    this.reads = reads;
    this.metrics = metrics;
    this.committed = new AtomicLong(committed);
    this.timer = vertx.setPeriodic(CHECK_MILLIS, id -> check());
  }

  long committed() {
    return committed.get();
  }

  FollowerQueue follow(String name, long after, Follower follower) {
    Context context = vertx.getOrCreateContext();
    FollowerQueue queue = new FollowerQueue(vertx, context, reads, after, follower, this);
    followers.add(queue);
    Gauge.builder("stele.log.lag", queue, q -> Math.max(0, committed.get() - q.position()))
        .description("Records that a follower has not taken yet")
        .tags(Tags.of("follower", name))
        .register(metrics);
    queue.advanced();
    return queue;
  }

  /** Hands over the records of a committed batch. */
  void publish(List<LogRecord> records) {
    long last = records.get(records.size() - 1).position();
    long unused = committed.accumulateAndGet(last, Math::max);
    followers.forEach(follower -> follower.offer(records));
  }

  /** Asks the database how far the log goes. */
  void check() {
    reads
        .head()
        .onSuccess(
            head -> {
              if (committed.accumulateAndGet(head, Math::max) == head) {
                followers.forEach(FollowerQueue::advanced);
              }
            });
  }

  void remove(FollowerQueue follower) {
    followers.remove(follower);
  }

  Future<Void> close() {
    boolean unused = vertx.cancelTimer(timer);
    return Future.all(followers.stream().map(FollowerQueue::close).toList()).mapEmpty();
  }
}
