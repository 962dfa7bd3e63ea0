package dev.stele.server.history;

import dev.stele.server.filter.RoomEventFilter;
import org.jspecify.annotations.Nullable;

/**
 * Which stretch of a room's history is wanted.
 *
 * @param roomId the room
 * @param direction which way to read
 * @param from where to start; null for the end of what the user may see that the direction leads
 *     away from
 * @param to where to stop; null to go on as far as there is anything
 * @param limit how many events at most; at least 1
 * @param filter which events to show
 */
public record PageRequest(
    String roomId,
    Direction direction,
    @Nullable PageToken from,
    @Nullable PageToken to,
    int limit,
    RoomEventFilter filter) {
  /** Which way to read. */
  public enum Direction {
    BACKWARDS,
    FORWARDS
  }

  boolean backwards() {
    return direction == Direction.BACKWARDS;
  }
}
