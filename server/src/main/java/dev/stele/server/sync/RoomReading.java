package dev.stele.server.sync;

import org.jspecify.annotations.Nullable;

/**
 * What was read of one room.
 *
 * @param anew whether the client hears of the room for the first time, or from the beginning again
 * @param after the position after which it was read
 */
record RoomReading(String roomId, boolean anew, long after, Slice slice) {
  @Nullable RoomSummary summary() {
    return slice.summary();
  }
}
