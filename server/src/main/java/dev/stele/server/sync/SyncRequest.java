package dev.stele.server.sync;

import dev.stele.server.event.Viewer;
import dev.stele.server.filter.Filter;
import dev.stele.server.inbox.InboxToken;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * What a client asks of {@code /sync}.
 *
 * @param viewer who asks
 * @param since how far the client has followed; null for an initial sync
 * @param fullState whether it wants all state again
 * @param stateAfter whether it wants the state at the end of the timeline rather than at its start
 * @param presence what it says of the user: {@code online}, {@code unavailable} or {@code offline}
 * @param timeout how long it will wait for something to tell
 * @param filter what it wants to see
 */
public record SyncRequest(
    Viewer viewer,
    @Nullable SyncToken since,
    boolean fullState,
    boolean stateAfter,
    String presence,
    Duration timeout,
    Filter filter) {

  /** The position after which things are new to the client. */
  long after() {
    return since == null ? 0 : since.position();
  }

  /** Up to where the client has been told what was sent to its device; null if it does not say. */
  @Nullable InboxToken inbox() {
    return since == null ? null : since.inbox();
  }

  /** How long to wait; whoever is told everything does not. */
  Duration waiting() {
    return complete() ? Duration.ZERO : timeout;
  }

  /** Whether everything is to be told, news or not. */
  boolean complete() {
    return since == null || fullState;
  }

  /** The position from which on a timeline decides which state goes with it. */
  long stateStart(Timeline timeline, long end) {
    return stateAfter ? end + 1 : Math.min(timeline.startPosition(end), end + 1);
  }

  boolean lazyMembers() {
    return filter.room().state().lazyLoadMembers();
  }
}
