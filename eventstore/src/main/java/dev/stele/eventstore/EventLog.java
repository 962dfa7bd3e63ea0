package dev.stele.eventstore;

import io.vertx.core.Future;
import java.time.Duration;
import java.util.Collection;
import java.util.List;
import java.util.Map;

/**
 * The log. Appends become visible in position order: whoever has seen position <i>n</i> never later
 * finds a record at or below <i>n</i> that was not there before.
 *
 * <p>All methods may be called from any thread and do not block. Futures complete on the caller's
 * Vert.x context if it has one. A failed future means that the database could not be reached or
 * refused to work; expected outcomes are values.
 */
public interface EventLog {

  /**
   * Appends, together with whatever else arrives at the same time, in one transaction. Followers on
   * this node have been handed the records before the future completes.
   *
   * <p>Fails with {@link Overloaded} when too much is waiting already; nothing was written then.
   * Fails with {@link Unavailable} when the database did not answer in time; whether it was written
   * is not known until {@link #refresh}.
   */
  Future<Appended> append(Append append);

  /** The newest position known to be committed; 0 for an empty log. Costs no I/O. */
  long committed();

  /**
   * Asks the database how far the log goes, once no append is under way there. For whoever does not
   * know what became of an append of theirs: afterwards {@link #committed} tells all of it.
   */
  Future<Long> refresh();

  /** Up to {@code limit} records after position {@code after}, in order. */
  Future<List<LogRecord>> read(long after, int limit);

  /** Up to {@code limit} records of a stream after position {@code after}, in order. */
  Future<List<LogRecord>> readStream(String stream, long after, int limit);

  /**
   * The records at these positions, in position order; positions that do not exist are left out.
   */
  Future<List<LogRecord>> readAt(Collection<Long> positions);

  /** Which of these claims are held, and by the record at which position. */
  Future<Map<Claim, Long>> holders(Collection<Claim> claims);

  /**
   * Hands every record after {@code after} to {@code follower}: first what is in the log, then each
   * new batch as it is committed; in order, once, without gaps.
   *
   * @param name names the follower in metrics
   */
  default Following follow(String name, long after, Follower follower) {
    return follow(name, after, Duration.ZERO, follower);
  }

  /**
   * The same, with fewer calls that bring more records each: after a call, records gather for
   * {@code pace} before the next one, unless there are very many, or somebody waits for {@link
   * Following#reached}.
   */
  Following follow(String name, long after, Duration pace, Follower follower);

  /**
   * Erases the content of the records at these positions, for good. Skeletons stay. Erasing twice
   * is the same as once.
   *
   * @return how many records had content
   */
  Future<Integer> erase(Collection<Long> positions);
}
