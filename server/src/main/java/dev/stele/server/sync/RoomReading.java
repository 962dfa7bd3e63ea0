package dev.stele.server.sync;

import dev.stele.server.event.ShownEvent;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What was read of one room.
 *
 * @param anew whether the client hears of the room for the first time, or from the beginning again
 * @param after the position after which it was read
 * @param members members to tell besides, who are too many to be read at once; null if there are
 *     none
 */
record RoomReading(
    String roomId, boolean anew, long after, Slice slice, @Nullable ManyMembers members) {
  /** The same with other forms of the timeline's events. */
  RoomReading with(List<ShownEvent> timeline) {
    return new RoomReading(
        roomId,
        anew,
        after,
        new Slice(slice.state(), timeline, slice.limited(), slice.start(), slice.summary()),
        members);
  }
}
