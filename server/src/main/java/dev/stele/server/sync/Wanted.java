package dev.stele.server.sync;

import dev.stele.server.filter.RoomEventFilter;
import dev.stele.stateres.event.Pdu;

/** What a filter lets through. */
final class Wanted {
  private static final int DEFAULT_LIMIT = 10;
  private static final int MAX_LIMIT = 100;

  private Wanted() {}

  static boolean by(RoomEventFilter filter, Pdu event) {
    return filter.matchesRoom(event.roomId())
        && filter.matches(event.type(), event.sender(), event.content());
  }

  /** Whether something of a room that is no event of it, such as account data, is wanted. */
  static boolean by(RoomEventFilter filter, String roomId, String type) {
    return filter.matchesRoom(roomId) && filter.events().matchesType(type);
  }

  /** How many events of a timeline to show at most. */
  static int limit(RoomEventFilter timeline) {
    return timeline.events().limit(DEFAULT_LIMIT, MAX_LIMIT);
  }
}
