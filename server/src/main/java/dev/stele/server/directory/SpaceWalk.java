package dev.stele.server.directory;

import java.util.List;
import java.util.Set;

/**
 * How far somebody has come in walking through a space.
 *
 * @param userId who walks
 * @param root the space that they started from
 * @param suggestedOnly whether they look at recommended rooms only
 * @param maxDepth how many levels below the root they look at
 * @param ahead the rooms to look at, next first
 * @param seen the rooms that they have looked at
 */
public record SpaceWalk(
    String userId,
    String root,
    boolean suggestedOnly,
    int maxDepth,
    List<Place> ahead,
    Set<String> seen) {
  public SpaceWalk {
    ahead = List.copyOf(ahead);
    seen = Set.copyOf(seen);
  }

  /** A room and how many levels below the root it is. */
  record Place(String roomId, int depth) {}

  /** A walk that begins. */
  public static SpaceWalk from(String userId, String root, boolean suggestedOnly, int maxDepth) {
    return new SpaceWalk(
        userId, root, suggestedOnly, maxDepth, List.of(new Place(root, 0)), Set.of());
  }

  /** How many rooms it has to remember. */
  int weight() {
    return 1 + ahead.size() + seen.size();
  }
}
