package dev.stele.server.sync;

import dev.stele.server.event.Viewer;
import dev.stele.server.inbox.InboxToken;
import dev.stele.server.sliding.Connections;
import dev.stele.server.sliding.Extensions;
import dev.stele.server.sliding.SlidingRequest;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * A request of simplified sliding sync.
 *
 * @param viewer who asks
 * @param request what for
 * @param base the answer before, on which the next is based
 * @param timeout how long to wait for something to tell
 */
public record SlidingAsked(
    Viewer viewer, SlidingRequest request, Connections.Base base, Duration timeout) {

  /** How the device wants what was sent to it; null if not at all. */
  Extensions.@Nullable ToDevice toDevice() {
    return request.extensions().toDevice();
  }

  /** Up to where the client has been told what was sent to its device; null if it does not say. */
  public @Nullable InboxToken inbox() {
    Extensions.ToDevice wanted = toDevice();
    return wanted == null ? null : wanted.since();
  }
}
