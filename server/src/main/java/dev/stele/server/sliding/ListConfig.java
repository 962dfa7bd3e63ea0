package dev.stele.server.sliding;

import java.util.List;

/**
 * A list of rooms.
 *
 * @param ranges which places of the list; none for all of it
 * @param filters which rooms are in it
 * @param config how much is wanted of those
 */
public record ListConfig(List<Range> ranges, ListFilters filters, RoomConfig config) {
  public ListConfig {
    ranges = List.copyOf(ranges);
  }

  /** The places from one to another, both counted, from 0 on. */
  public record Range(long first, long last) {
    public Range {
      if (first < 0 || last < first) {
        throw new IllegalArgumentException("range: " + first + ".." + last);
      }
    }
  }

  boolean covers(int place) {
    return ranges.isEmpty()
        || ranges.stream().anyMatch(range -> range.first <= place && place <= range.last);
  }
}
