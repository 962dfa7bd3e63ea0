package dev.stele.server.room;

import dev.stele.server.event.EventCache;
import dev.stele.server.event.KnownEvent;
import dev.stele.server.record.Fact;
import dev.stele.server.record.RoomEvent;
import dev.stele.stateres.event.Pdu;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The state that a busy room's commands ask for again and again, such as what allows people to
 * send: so that the cache that everybody shares is not asked several times a message. Kept only
 * while the room is busy, since there are many rooms. Belongs to the room's event loop.
 */
final class FamiliarEvents {
  private static final int MAX = 256;

  private final Map<String, Pdu> events =
      new LinkedHashMap<>() {
        @Override
        protected boolean removeEldestEntry(Map.Entry<String, Pdu> eldest) {
          return size() > MAX;
        }
      };

  /** The event, if it is in memory. */
  @Nullable Pdu get(String eventId, EventCache cache) {
    Pdu known = events.get(eventId);
    if (known != null) {
      return known;
    }
    KnownEvent cached = cache.ifPresent(eventId);
    if (cached == null) {
      return null;
    }
    if (cached.pdu().isState()) {
      events.put(eventId, cached.pdu());
    }
    return cached.pdu();
  }

  /** Keeps nothing any longer: the room has nothing to do. */
  void clear() {
    events.clear();
  }

  /** What these committed facts redact has no content any more. */
  void forgetRedacted(List<Fact> facts) {
    for (Fact fact : facts) {
      if (fact instanceof RoomEvent event && event.redacts() != null) {
        events.remove(event.redacts());
      }
    }
  }
}
