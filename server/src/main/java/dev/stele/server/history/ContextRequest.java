package dev.stele.server.history;

import dev.stele.server.filter.RoomEventFilter;

/**
 * How much of what is around an event is wanted.
 *
 * @param roomId the room
 * @param limit how many events before and after it together; may be 0
 * @param filter which of them, and which state, to show
 */
public record ContextRequest(String roomId, int limit, RoomEventFilter filter) {}
