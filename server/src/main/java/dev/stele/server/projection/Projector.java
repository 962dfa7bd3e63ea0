package dev.stele.server.projection;

import dev.stele.eventstore.Following;
import dev.stele.eventstore.postgres.Checkpoints;
import dev.stele.server.record.Entry;
import dev.stele.server.record.RecordLog;
import io.vertx.core.Future;
import io.vertx.sqlclient.Pool;
import io.vertx.sqlclient.SqlConnection;
import java.time.Duration;
import java.util.List;

/**
 * Keeps one projection behind the log. Rows and checkpoint move in one transaction, which need not
 * wait for the disk: what a crash takes away is folded again from the checkpoint.
 */
final class Projector {
  /** How long records gather between two folds, unless somebody asks: a fold has its price. */
  private static final Duration PACE = Duration.ofMillis(100);

  /**
   * How many records that do not matter may lie behind the checkpoint, to be read at each start.
   */
  private static final long MAX_UNNOTED = 2_000;

  /**
   * Rows are found by index whatever the planner knows of the tables: during a rebuild it has yet
   * to hear that they are not empty any more, and connections keep their plans.
   */
  private static final String SETTINGS =
      "SET LOCAL synchronous_commit = off; SET LOCAL enable_seqscan = off;"
          + " SET LOCAL enable_hashjoin = off; SET LOCAL enable_mergejoin = off";

  private final Projection projection;
  private final RecordLog log;
  private final Pool pool;
  private final Following following;
  private long checkpoint;

  private Projector(Projection projection, RecordLog log, Pool pool, long checkpoint) {
    this.projection = projection;
    this.log = log;
    this.pool = pool;
    this.checkpoint = checkpoint;
    this.following = log.follow("projection." + projection.name(), checkpoint, PACE, this::accept);
  }

  static Future<Projector> start(Projection projection, RecordLog log, Pool pool) {
    return Checkpoints.get(pool, projection.name())
        .map(checkpoint -> new Projector(projection, log, pool, checkpoint));
  }

  /** Completes once every record that is committed now has been folded. */
  Future<Void> caughtUp() {
    return following.reached(log.committed());
  }

  /** How many records it has not folded yet. */
  long behind() {
    return log.committed() - following.position();
  }

  Future<Void> close() {
    return following.close();
  }

  private Future<Void> accept(List<Entry> entries) {
    List<Entry> relevant =
        entries.stream().filter(entry -> projection.folds(entry.fact())).toList();
    long to = entries.get(entries.size() - 1).position();
    if (relevant.isEmpty() && to - checkpoint < MAX_UNNOTED) {
      return Future.succeededFuture();
    }
    return pool.withTransaction(transaction -> fold(transaction, relevant, to))
        .onSuccess(done -> checkpoint = to)
        .onFailure(failure -> projection.reset());
  }

  private Future<Void> fold(SqlConnection transaction, List<Entry> entries, long to) {
    return transaction
        .query(SETTINGS)
        .execute()
        .compose(set -> Checkpoints.advance(transaction, projection.name(), checkpoint, to))
        .compose(
            advanced -> {
              if (!advanced) {
                return Future.failedFuture(
                    "checkpoint of " + projection.name() + " was moved by someone else");
              }
              return entries.isEmpty()
                  ? Future.succeededFuture()
                  : projection.fold(transaction, entries);
            });
  }
}
