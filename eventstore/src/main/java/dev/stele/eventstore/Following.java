package dev.stele.eventstore;

import io.vertx.core.Future;

/** A follower's place in the log. */
public interface Following {
  /** The last position that the follower has taken. */
  long position();

  /**
   * Completes once the follower has taken every record up to {@code position}; at once when it has.
   * Fails when the following is closed first, and with {@link Unavailable} when the follower does
   * not get on at all.
   */
  Future<Void> reached(long position);

  /** Ends it. No call of the follower begins after the future has completed. */
  Future<Void> close();
}
