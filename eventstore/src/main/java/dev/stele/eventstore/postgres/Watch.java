package dev.stele.eventstore.postgres;

import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.pgclient.PgConnectOptions;
import io.vertx.pgclient.pubsub.PgSubscriber;
import io.vertx.sqlclient.Pool;
import io.vertx.sqlclient.Row;
import io.vertx.sqlclient.Tuple;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLong;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Notices what others do to the log: that they append, and that they take over the lease; and tells
 * others of appends here. A notification of PostgreSQL is a hint that saves waiting; since hints
 * get lost with connections, the database is also asked now and then. Notifications are sent apart
 * from the appends, and not for each one, because a transaction that notifies commits under a lock
 * that all databases of the server share. Thread-safe.
 */
final class Watch {
  private static final Logger LOG = LoggerFactory.getLogger(Watch.class);
  private static final long CHECK_MILLIS = 500;
  private static final long ANNOUNCE_MILLIS = 20;

  private final Vertx vertx;
  private final Pool pool;
  private final Reads reads;
  private final Feed feed;
  private final Lease lease;
  private final AtomicBoolean checking = new AtomicBoolean();
  private final AtomicBoolean announcing = new AtomicBoolean();
  private final AtomicLong appended = new AtomicLong();
  private final PgSubscriber subscriber;
  private final String self;
  private final long timer;
  private volatile boolean closed;

  /**
   * @param self what this node's own notifications begin with; they are news to nobody here
   */
  Watch(
      Vertx vertx,
      Pool pool,
      PgConnectOptions database,
      Reads reads,
      Feed feed,
      Lease lease,
      String self) {
    this.vertx = vertx;
    this.pool = pool;
    this.reads = reads;
    this.feed = feed;
    this.lease = lease;
    this.self = self;
    this.subscriber =
        PgSubscriber.subscriber(vertx, new PgConnectOptions(database))
            .reconnectPolicy(attempts -> CHECK_MILLIS);
    this.timer = vertx.setPeriodic(CHECK_MILLIS, id -> check());
    listen();
  }

  /** Asks the database how far the log goes and who holds the lease. */
  void check() {
    if (checking.compareAndSet(false, true)) {
      reads
          .head(lease.name())
          .onComplete(
              result -> {
                checking.set(false);
                if (result.succeeded()) {
                  saw(result.result());
                }
              });
    }
  }

  /** Tells other nodes that the log goes as far as this. */
  void announce(long position) {
    long unused = appended.accumulateAndGet(position, Math::max);
    if (!closed && announcing.compareAndSet(false, true)) {
      long told = appended.get();
      pool.preparedQuery("SELECT pg_notify('stele_log', $1)")
          .execute(Tuple.of(self + " " + told))
          .onComplete(done -> rest(told));
    }
  }

  private void rest(long told) {
    long unused =
        vertx.setTimer(
            ANNOUNCE_MILLIS,
            timer -> {
              announcing.set(false);
              if (appended.get() > told) {
                announce(told);
              }
            });
  }

  Future<Void> close() {
    closed = true;
    boolean unused = vertx.cancelTimer(timer);
    return subscriber.close();
  }

  private void listen() {
    subscriber.channel("stele_log").subscribeHandler(nothing -> check()).handler(this::notified);
    subscriber
        .connect()
        .onFailure(failure -> LOG.warn("others' appends are polled for: {}", failure.getMessage()));
  }

  private void notified(String payload) {
    int space = payload.indexOf(' ');
    if (!payload.substring(0, space).equals(self)) {
      feed.learned(Long.parseLong(payload.substring(space + 1)));
    }
  }

  private void saw(Row head) {
    feed.learned(head.getLong("position"));
    lease.saw(head.getLong("epoch"));
  }
}
