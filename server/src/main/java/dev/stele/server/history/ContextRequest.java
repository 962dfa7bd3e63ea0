package dev.stele.server.history;

import dev.stele.server.filter.RoomEventFilter;

/**
 * How much of what is around an event is wanted.
 *
 * @param roomId the room
 * @param before how many events before it; may be 0
 * @param after how many events after it; may be 0
 * @param filter which of them, and which state, to show
 */
public record ContextRequest(String roomId, int before, int after, RoomEventFilter filter) {
  /** So many events around it, as many before as after. */
  public static ContextRequest around(String roomId, int limit, RoomEventFilter filter) {
    return new ContextRequest(roomId, limit / 2, limit - limit / 2, filter);
  }
}
