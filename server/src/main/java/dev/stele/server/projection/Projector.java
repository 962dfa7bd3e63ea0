package dev.stele.server.projection;

import dev.stele.eventstore.Following;
import dev.stele.server.record.RecordLog;
import io.vertx.core.Future;
import io.vertx.sqlclient.SqlConnection;
import java.time.Duration;

/** Keeps one projection behind the log. */
final class Projector {
  /** How long records gather between two folds, unless somebody asks: a fold has its price. */
  private static final Duration PACE = Duration.ofMillis(100);

  private final Folding folding;
  private final RecordLog log;
  private final Following following;

  /** Starts it, from where the projection has got to. */
  Projector(Folding folding, RecordLog log) {
    this.folding = folding;
    this.log = log;
    this.following =
        log.follow(
            "projection." + folding.projection().name(), folding.position(), PACE, folding::accept);
  }

  /** Completes once every record that is committed now has been folded. */
  Future<Void> caughtUp() {
    return following.reached(log.committed());
  }

  Future<Void> close() {
    return following.close();
  }

  /** Notes how far it has got; to be called once it is closed. */
  Future<Void> note(SqlConnection transaction) {
    return folding.note(transaction);
  }
}
