package dev.stele.server.sync;

import dev.stele.server.event.Viewer;
import dev.stele.server.filter.Filter;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * What a client asks of {@code /sync}.
 *
 * @param viewer who asks
 * @param since how far the client has followed; null for an initial sync
 * @param fullState whether it wants all state again
 * @param timeout how long it will wait for something to tell
 * @param filter what it wants to see
 */
public record SyncRequest(
    Viewer viewer, @Nullable SyncToken since, boolean fullState, Duration timeout, Filter filter) {

  /** The position after which things are new to the client. */
  long after() {
    return since == null ? 0 : since.position();
  }

  /** Whether everything is to be told, news or not. */
  boolean complete() {
    return since == null || fullState;
  }
}
