package dev.stele.server.sync;

import dev.stele.server.event.ShownEvent;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * What a client is told of a room's timeline and state.
 *
 * @param slice timeline and state
 * @param members members to tell besides, who are too many to be read at once; null if there are
 *     none
 */
record SlidingSlice(Slice slice, @Nullable Members members) {
  /** Members of whom some are wanted. */
  record Members(ManyMembers all, Predicate<ShownEvent> wanted) {}
}
