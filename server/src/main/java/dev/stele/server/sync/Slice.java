package dev.stele.server.sync;

import dev.stele.server.event.ShownEvent;
import dev.stele.server.projection.TopologicalPoint;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A stretch of a room's timeline with the state that goes with it.
 *
 * @param state in no particular order
 * @param timeline in order
 * @param limited whether the stretch does not reach back to where the client was
 * @param start where the stretch begins; null when it is empty and nothing lies before it
 * @param summary who is in the room; null if that need not be told
 */
record Slice(
    List<ShownEvent> state,
    List<ShownEvent> timeline,
    boolean limited,
    @Nullable TopologicalPoint start,
    @Nullable MemberSummary summary) {}
