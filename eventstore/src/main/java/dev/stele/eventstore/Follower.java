package dev.stele.eventstore;

import io.vertx.core.Future;
import java.util.List;

/** Whoever is handed the records of the log as they are committed. */
@FunctionalInterface
public interface Follower {
  /**
   * Takes the next records. The next call comes only after the future has completed; when it fails,
   * the same records are offered again after a pause. Called on the context that {@link
   * EventLog#follow} was called on.
   *
   * @param records at least one, in position order
   */
  Future<Void> accept(List<LogRecord> records);
}
