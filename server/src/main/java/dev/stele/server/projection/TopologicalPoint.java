package dev.stele.server.projection;

import java.util.Comparator;

/** A place in a room's topological order: by depth, then by position. */
public record TopologicalPoint(long depth, long position) implements Comparable<TopologicalPoint> {
  private static final Comparator<TopologicalPoint> ORDER =
      Comparator.comparingLong(TopologicalPoint::depth)
          .thenComparingLong(TopologicalPoint::position);

  @Override
  public int compareTo(TopologicalPoint other) {
    return ORDER.compare(this, other);
  }
}
