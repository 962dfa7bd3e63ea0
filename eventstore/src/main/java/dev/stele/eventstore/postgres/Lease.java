package dev.stele.eventstore.postgres;

import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.sqlclient.Pool;
import io.vertx.sqlclient.Tuple;
import org.jspecify.annotations.Nullable;

/**
 * The right to append, until somebody else takes it. Each taking counts the lease's epoch up, and
 * the append transaction refuses every epoch but the newest. Without a name, nobody is kept out.
 *
 * <p>Thread-safe.
 */
final class Lease {
  private final @Nullable String name;
  private final long epoch;
  private final Promise<Void> lost = Promise.promise();

  private Lease(@Nullable String name, long epoch) {
    this.name = name;
    this.epoch = epoch;
  }

  /** Takes the lease of this name away from whoever holds it. */
  static Future<Lease> take(Pool pool, @Nullable String name) {
    return name == null
        ? Future.succeededFuture(new Lease(null, 0))
        : pool.preparedQuery(
                "INSERT INTO log.lease AS l (name, epoch) VALUES ($1, 1)"
                    + " ON CONFLICT (name) DO UPDATE SET epoch = l.epoch + 1 RETURNING epoch")
            .execute(Tuple.of(name))
            .map(rows -> new Lease(name, rows.iterator().next().getLong("epoch")));
  }

  @Nullable String name() {
    return name;
  }

  long epoch() {
    return epoch;
  }

  /** Completes when somebody else has been seen to hold the lease. */
  Future<Void> lost() {
    return lost.future();
  }

  boolean isLost() {
    return lost.future().isComplete();
  }

  /** Notes which epoch the database holds; null if it holds none. */
  void saw(@Nullable Long newest) {
    if (name != null && (newest == null || newest != epoch)) {
      boolean unused = lost.tryComplete();
    }
  }
}
