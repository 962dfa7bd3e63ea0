package dev.stele.server.sync;

import dev.stele.server.event.KnownEvent;
import dev.stele.server.event.ShownEvent;
import dev.stele.server.sliding.RoomFace;
import dev.stele.server.sliding.SentRoom;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What there is to tell of a room.
 *
 * @param members members to tell besides, who are too many to be read at once
 * @param slice timeline and state, where the user was ever in the room
 * @param stripped stripped state, where they were not
 * @param face how the room looks now
 * @param heroes the member events of those whom it may be named after
 */
record SlidingNews(
    SlidingRoom room,
    SlidingSlice.@Nullable Members members,
    @Nullable Slice slice,
    List<KnownEvent> stripped,
    RoomFace face,
    List<ShownEvent> heroes) {

  /** Whether the client would learn nothing. */
  boolean isEmpty() {
    SentRoom sent = room.sent();
    return sent != null
        && !room.isInitial()
        && members == null
        && stripped.isEmpty()
        && (slice == null
            || (slice.timeline().isEmpty() && slice.state().isEmpty() && !slice.limited()))
        && face.equals(sent.face());
  }
}
