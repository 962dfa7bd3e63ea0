package dev.stele.server.sync;

import dev.stele.server.event.EventCache;
import dev.stele.server.event.KnownEvent;
import dev.stele.server.projection.MembershipRow;
import dev.stele.server.record.RoomEvent;
import dev.stele.server.sync.Window.RecentEvent;
import java.util.List;

/**
 * Who stayed in a room and who went, as far as the newest records tell. Belongs to one event loop.
 */
final class Stays {
  private final Window window;
  private final EventCache events;

  Stays(Window window, EventCache events) {
    this.window = window;
    this.events = events;
  }

  /**
   * Whether a member of a room surely was there all along since a position, whatever changes of
   * their profile there were.
   */
  boolean wasThere(MembershipRow row, long after) {
    if (row.position() <= after) {
      return true;
    }
    List<RecentEvent> own = ownEvents(row, after);
    return !own.isEmpty()
        && own.stream().allMatch(event -> Memberships.isJoin(event.event.pdu()))
        && replacesJoin(own.get(0).event);
  }

  /** Whether somebody may have gone from a room after a position, before what is there now. */
  boolean mayHaveGone(MembershipRow row, long after) {
    return !window.covers(after)
        || ownEvents(row, after).stream()
            .filter(event -> event.position < row.position())
            .anyMatch(event -> Memberships.isDeparture(event.event.pdu()));
  }

  private List<RecentEvent> ownEvents(MembershipRow row, long after) {
    return window.memberEvents(row.userId()).stream()
        .filter(event -> event.position > after)
        .filter(event -> event.event.roomId().equals(row.roomId()))
        .toList();
  }

  /** Whether a member event surely replaces one of somebody who was in the room. */
  private boolean replacesJoin(RoomEvent event) {
    KnownEvent replaced = event.replaces() == null ? null : events.ifPresent(event.replaces());
    return replaced != null && Memberships.isJoin(replaced.pdu());
  }
}
