package dev.stele.server.directory;

import dev.stele.server.projection.RoomSummary;
import java.util.List;

/**
 * A room that was met in a space.
 *
 * @param room what it looks like
 * @param children what it holds itself if it is a space, in order
 */
public record SpaceRoom(RoomSummary room, List<SpaceChild> children) {
  public SpaceRoom {
    children = List.copyOf(children);
  }
}
