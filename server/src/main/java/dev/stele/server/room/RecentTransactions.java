package dev.stele.server.room;

import dev.stele.server.record.Transaction;
import io.vertx.core.Future;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What became of the newest requests that may be repeated, so that most that are cost nothing. Only
 * a help: the log knows them all. Belongs to one event loop.
 */
final class RecentTransactions {
  private static final int MAX = 10_000;

  private final Map<Transaction, Future<RoomOutcome>> outcomes = new LinkedHashMap<>();

  /** The outcome of a request that was made already; null if it is not known. */
  @Nullable Future<RoomOutcome> get(Transaction transaction) {
    return outcomes.get(transaction);
  }

  /**
   * Remembers a request, until it has led to nothing or newer ones take its place.
   *
   * @param transaction null for a request that cannot be told from others
   */
  void put(@Nullable Transaction transaction, Future<RoomOutcome> outcome) {
    if (transaction == null) {
      return;
    }
    outcomes.put(transaction, outcome);
    if (outcomes.size() > MAX) {
      outcomes.remove(outcomes.keySet().iterator().next());
    }
    outcome.onComplete(
        done -> {
          if (done.failed() || done.result() instanceof RoomOutcome.Refused) {
            outcomes.remove(transaction, outcome);
          }
        });
  }
}
