package dev.stele.server.history;

import dev.stele.server.filter.RoomEventFilter;
import dev.stele.server.projection.FoundEvent;
import dev.stele.server.projection.TimelineScan;
import java.util.List;
import java.util.Optional;

/** What a filter of history wants, and the shortest way to it. */
final class Wanted {
  /** How many types are looked for one by one. */
  private static final int FEW_TYPES = 10;

  private Wanted() {}

  /** Whether the filter rules everything out. */
  static boolean nothing(PageRequest request) {
    RoomEventFilter filter = request.filter();
    return !filter.matchesRoom(request.roomId())
        || filter.events().types().isEmpty()
        || filter.events().senders().isEmpty();
  }

  /** How to come by events that the filter may want. */
  static TimelineScan scan(RoomEventFilter filter) {
    if (Boolean.TRUE.equals(filter.containsUrl())) {
      return new TimelineScan.WithUrl();
    }
    Optional<List<String>> types = filter.events().types().atMost(FEW_TYPES);
    return types.isPresent()
        ? new TimelineScan.OfTypes(types.get())
        : new TimelineScan.Everything();
  }

  /** Whether the filter wants an event of its rooms. */
  static boolean by(RoomEventFilter filter, FoundEvent found) {
    return filter.events().matches(found.row().type(), found.row().sender())
        && (filter.containsUrl() == null || filter.containsUrl() == found.hasUrl());
  }
}
