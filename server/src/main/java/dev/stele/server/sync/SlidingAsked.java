package dev.stele.server.sync;

import dev.stele.server.event.Viewer;
import dev.stele.server.sliding.Connections;
import dev.stele.server.sliding.SlidingRequest;
import java.time.Duration;

/**
 * A request of simplified sliding sync.
 *
 * @param viewer who asks
 * @param request what for
 * @param base the answer before, on which the next is based
 * @param timeout how long to wait for something to tell
 */
public record SlidingAsked(
    Viewer viewer, SlidingRequest request, Connections.Base base, Duration timeout) {}
