package dev.stele.eventstore.postgres;

import dev.stele.eventstore.Follower;
import dev.stele.eventstore.LogRecord;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;

/**
 * Hands committed records to followers, and knows how far the log goes. Records of this node come
 * straight from its writer; of those of others only the position is learned, and followers read
 * them. Thread-safe.
 */
final class Feed {
  private final Vertx vertx;
  private final Reads reads;
  private final MeterRegistry metrics;
  private final long patienceMillis;
  private final AtomicLong committed;
  private final Map<FollowerQueue, List<Gauge>> followers = new ConcurrentHashMap<>();

  Feed(Vertx vertx, Reads reads, long committed, Duration patience, MeterRegistry metrics) {
    this.patienceMillis = patience.toMillis();
    this.vertx = vertx;
    this.reads = reads;
    this.metrics = metrics;
    this.committed = new AtomicLong(committed);
  }

  long committed() {
    return committed.get();
  }

  FollowerQueue follow(String name, long after, Duration pace, Follower follower) {
    FollowerQueue queue =
        new FollowerQueue(
            vertx,
            vertx.getOrCreateContext(),
            reads,
            after,
            new FollowerQueue.Manner(name, pace.toMillis(), patienceMillis),
            follower);
    Gauge lag =
        Gauge.builder("stele.log.lag", queue, q -> Math.max(0, committed.get() - q.position()))
            .description("Records that a follower has not taken yet")
            .tag("follower", name)
            .register(metrics);
    Gauge stuck =
        Gauge.builder("stele.log.stuck", queue, FollowerQueue::stuckSeconds)
            .description("Time for which a follower has had records to take, and has taken none")
            .baseUnit("seconds")
            .tag("follower", name)
            .register(metrics);
    followers.put(queue, List.of(lag, stuck));
    queue.onClose(() -> remove(queue));
    queue.advanced(committed.get());
    return queue;
  }

  /** Hands over the records of a committed batch. */
  void publish(List<LogRecord> records) {
    long last = records.get(records.size() - 1).position();
    long unused = committed.accumulateAndGet(last, Math::max);
    Offer offer = Offer.of(records);
    followers.keySet().forEach(follower -> follower.offer(offer));
  }

  /** Notes that the log goes at least as far as this. */
  void learned(long position) {
    if (committed.getAndAccumulate(position, Math::max) < position) {
      followers.keySet().forEach(follower -> follower.advanced(position));
    }
  }

  Future<Void> close() {
    return Future.all(followers.keySet().stream().map(FollowerQueue::close).toList()).mapEmpty();
  }

  private void remove(FollowerQueue queue) {
    List<Gauge> gauges = followers.remove(queue);
    if (gauges != null) {
      gauges.forEach(metrics::remove);
    }
  }
}
