package dev.stele.server.projection;

import dev.stele.eventstore.postgres.Checkpoints;
import dev.stele.server.record.Entry;
import io.vertx.core.Future;
import io.vertx.sqlclient.Pool;
import io.vertx.sqlclient.SqlConnection;
import java.util.List;

/**
 * One projection and how far it has got. Rows and checkpoint move in one transaction, which need
 * not wait for the disk: what a crash takes away is folded again from the checkpoint.
 */
final class Folding {
  /**
   * How many records that do not matter may lie behind the checkpoint, to be read at each start.
   */
  private static final long MAX_UNNOTED = 2_000;

  /**
   * Rows are found by index whatever the planner knows of the tables: during a rebuild it has yet
   * to hear that they are not empty any more, and connections keep their plans. What is switched
   * off counts as dear, for which PostgreSQL would compile each statement anew.
   */
  private static final String SETTINGS =
      "SET LOCAL synchronous_commit = off; SET LOCAL jit = off; SET LOCAL enable_seqscan = off;"
          + " SET LOCAL enable_hashjoin = off; SET LOCAL enable_mergejoin = off";

  private final Projection projection;
  private final Pool pool;
  private volatile long checkpoint;
  private volatile long position;

  /**
   * @param checkpoint up to where its tables are folded
   */
  Folding(Projection projection, Pool pool, long checkpoint) {
    this.projection = projection;
    this.pool = pool;
    this.checkpoint = checkpoint;
    this.position = checkpoint;
  }

  Projection projection() {
    return projection;
  }

  /** Up to where it has folded. */
  long position() {
    return position;
  }

  /**
   * Folds the records that come next, at least one. When that fails nothing of them is kept, and
   * the same may be tried again.
   */
  Future<Void> accept(List<Entry> entries) {
    List<Entry> relevant =
        entries.stream().filter(entry -> projection.folds(entry.fact())).toList();
    long to = entries.get(entries.size() - 1).position();
    if (relevant.isEmpty() && to - checkpoint < MAX_UNNOTED) {
      position = to;
      return Future.succeededFuture();
    }
    return pool.withTransaction(transaction -> fold(transaction, relevant, to))
        .onSuccess(done -> reached(to))
        .onFailure(failure -> projection.reset());
  }

  /** Notes how far it has got, so that the next start need not look at what did not matter. */
  Future<Void> note(SqlConnection transaction) {
    long to = position;
    return to == checkpoint
        ? Future.succeededFuture()
        : Checkpoints.advance(transaction, projection.name(), checkpoint, to).mapEmpty();
  }

  private void reached(long to) {
    checkpoint = to;
    position = to;
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
