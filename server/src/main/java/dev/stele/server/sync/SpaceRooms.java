package dev.stele.server.sync;

import dev.stele.stateres.event.Pdu;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The rooms that a space has as its children. Loaded once and folded from then on; to fold
 * something twice changes nothing. Belongs to one event loop.
 */
final class SpaceRooms {
  static final String CHILD = "m.space.child";

  /** The events that make rooms children, by the rooms. */
  private final Map<String, String> children = new HashMap<>();

  boolean has(String roomId) {
    return children.containsKey(roomId);
  }

  /**
   * Takes the next event of the space.
   *
   * @param redacts the event that it redacts, or null
   */
  void fold(Pdu event, @Nullable String redacts) {
    if (redacts != null) {
      children.values().remove(redacts);
    }
    String room = event.stateKey();
    if (room != null && event.type().equals(CHILD)) {
      var via = event.content().path("via");
      if (via.isArray() && !via.isEmpty()) {
        children.put(room, event.eventId());
      } else {
        children.remove(room);
      }
    }
  }
}
