package dev.stele.server.history;

import dev.stele.server.history.PageRequest.Direction;
import dev.stele.server.projection.Relations.Children;
import org.jspecify.annotations.Nullable;

/**
 * Which of the events that relate to one are wanted.
 *
 * @param children how they relate
 * @param direction which way to read
 * @param from where to start; null for the end that the direction leads away from
 * @param to where to stop; null to go on as far as there is anything
 * @param limit how many events at most; at least 1
 */
public record RelationsRequest(
    Children children,
    Direction direction,
    @Nullable PageToken from,
    @Nullable PageToken to,
    int limit) {
  boolean backwards() {
    return direction == Direction.BACKWARDS;
  }
}
