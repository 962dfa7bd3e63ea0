package dev.stele.eventstore.postgres;

import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.pgclient.PgConnectOptions;
import io.vertx.pgclient.pubsub.PgSubscriber;
import io.vertx.sqlclient.Row;
import java.util.concurrent.atomic.AtomicBoolean;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Notices what others do to the log: that they append, and that they take over the lease. A
 * notification of PostgreSQL is a hint that saves waiting; since hints get lost with connections,
 * the database is also asked now and then. Thread-safe.
 */
final class Watch {
  private static final Logger LOG = LoggerFactory.getLogger(Watch.class);
  private static final long CHECK_MILLIS = 500;

  private final Vertx vertx;
  private final Reads reads;
  private final Feed feed;
  private final Lease lease;
  private final AtomicBoolean checking = new AtomicBoolean();
  private final PgSubscriber subscriber;
  private final String self;
  private final long timer;

  /**
   * @param self what this node's own notifications begin with; they are news to nobody here
   */
  Watch(Vertx vertx, PgConnectOptions database, Reads reads, Feed feed, Lease lease, String self) {
    this.vertx = vertx;
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

  Future<Void> close() {
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
