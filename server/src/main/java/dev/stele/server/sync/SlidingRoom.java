package dev.stele.server.sync;

import dev.stele.server.projection.MembershipRow;
import dev.stele.server.sliding.ListedRoom;
import dev.stele.server.sliding.RoomConfig;
import dev.stele.server.sliding.SentRoom;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * A room that a request is about.
 *
 * @param row the user's membership; an invite that they refuse is told as a departure
 * @param listed what lists know of it
 * @param bumpStamp its last proper activity
 * @param config how much is wanted of it
 * @param lists the lists that want it
 * @param sent what the connection was sent of it before, or null
 */
record SlidingRoom(
    MembershipRow row,
    ListedRoom listed,
    long bumpStamp,
    RoomConfig config,
    Set<String> lists,
    @Nullable SentRoom sent) {
  String id() {
    return row.roomId();
  }

  /** The membership that the client is told. */
  String membership() {
    return listed.membership();
  }

  boolean isJoined() {
    return membership().equals("join");
  }

  boolean isOffer() {
    return membership().equals("invite") || membership().equals("knock");
  }

  /** Whether the client is to take what it is sent for all there is. */
  boolean isInitial() {
    return sent == null || (isJoined() && !sent.face().membership().equals("join"));
  }

  /** The position after which things are new to the client; 0 for everything. */
  long after() {
    return sent == null || isInitial() ? 0 : sent.position();
  }

  /** Whether it now wants more of what it knows already. */
  boolean isExpanded() {
    return hasLongerTimeline() || hasMoreState();
  }

  boolean hasLongerTimeline() {
    return isJoined() && sent != null && !isInitial() && config.extendsTimelineOf(sent.config());
  }

  boolean hasMoreState() {
    return isJoined() && sent != null && !isInitial() && config.extendsStateOf(sent.config());
  }

  /** Whether there can be anything to tell. */
  boolean hasNews() {
    return sent == null
        || isInitial()
        || isExpanded()
        || listed.recency() > sent.position()
        || sent.face().direct() != listed.direct();
  }
}
