package dev.stele.server.sync;

import dev.stele.server.event.ClientEvents;
import dev.stele.server.filter.RoomEventFilter;
import dev.stele.server.projection.EventRow;
import dev.stele.server.projection.TopologicalPoint;
import dev.stele.server.sync.Window.RecentEvent;
import dev.stele.stateres.event.Pdu;
import dev.stele.stateres.event.StateKey;
import io.vertx.core.Future;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What is new in a room that the user has been in all along, from the newest records alone. All of
 * it is visible: it was sent while the user was there.
 */
final class RecentRooms {
  private final ClientEvents events;

  RecentRooms(ClientEvents events) {
    this.events = events;
  }

  /** The news of a room; {@code recent} is everything that happened there since. */
  Future<Slice> slice(List<RecentEvent> recent, RoomEventFilter timeline, RoomEventFilter state) {
    int limit = Wanted.limit(timeline);
    List<RecentEvent> wanted =
        recent.stream().filter(event -> Wanted.by(timeline, event.event.pdu())).toList();
    boolean limited = wanted.size() > limit;
    List<RecentEvent> shown =
        limited ? wanted.subList(wanted.size() - limit, wanted.size()) : wanted;
    long start = shown.isEmpty() ? Long.MAX_VALUE : shown.get(0).position;
    List<RecentEvent> changed = stateBefore(recent, start);
    List<EventRow> rows = new ArrayList<>();
    for (RecentEvent event : changed) {
      if (Wanted.by(state, event.event.pdu())) {
        rows.add(event.row());
      }
    }
    int states = rows.size();
    shown.forEach(event -> rows.add(event.row()));
    return events
        .show(rows)
        .map(
            all ->
                new Slice(
                    all.subList(0, states),
                    all.subList(states, all.size()),
                    limited,
                    start(shown)));
  }

  private static @Nullable TopologicalPoint start(List<RecentEvent> shown) {
    return shown.isEmpty() ? null : shown.get(0).row().point();
  }

  private static List<RecentEvent> stateBefore(List<RecentEvent> recent, long position) {
    Map<StateKey, RecentEvent> last = new LinkedHashMap<>();
    for (RecentEvent event : recent) {
      Pdu pdu = event.event.pdu();
      if (event.position < position && pdu.isState()) {
        last.put(pdu.key(), event);
      }
    }
    return new ArrayList<>(last.values());
  }
}
