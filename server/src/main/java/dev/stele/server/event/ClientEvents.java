package dev.stele.server.event;

import dev.stele.server.projection.EventRow;
import io.vertx.core.Future;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Gathers what showing events takes. Answers from memory at once when everything is there. */
public final class ClientEvents {
  /** How many to read and decode at a time, so that an event loop has time for others between. */
  private static final int CHUNK = 500;

  private final EventCache cache;

  public ClientEvents(EventCache cache) {
    this.cache = cache;
  }

  /**
   * The events of these rows, in the order of the rows. Where they are very many, they are not kept
   * in memory for others.
   */
  public Future<List<ShownEvent>> show(List<EventRow> rows) {
    return rows.size() <= CHUNK ? show(rows, true) : show(rows, 0, new ArrayList<>(rows.size()));
  }

  /** The same for some of very many, which are shown one after the other: nothing is kept. */
  public Future<List<ShownEvent>> pass(List<EventRow> rows) {
    return show(rows, false);
  }

  private Future<List<ShownEvent>> show(List<EventRow> rows, int first, List<ShownEvent> shown) {
    int end = Math.min(first + CHUNK, rows.size());
    return first == end
        ? Future.succeededFuture(shown)
        : pass(rows.subList(first, end))
            .compose(
                chunk -> {
                  shown.addAll(chunk);
                  return show(rows, end, shown);
                });
  }

  private Future<List<ShownEvent>> show(List<EventRow> rows, boolean keep) {
    Map<String, Long> positions = new HashMap<>();
    rows.forEach(row -> positions.put(row.eventId(), row.position()));
    return cache
        .at(positions, keep)
        .compose(events -> others(rows, events).map(others -> assemble(rows, events, others)));
  }

  /** The events that {@link ShownEvent}s refer to: redactions and replaced state, by id. */
  private Future<Map<String, KnownEvent>> others(
      List<EventRow> rows, Map<String, KnownEvent> events) {
    Set<String> others = new HashSet<>();
    for (KnownEvent event : events.values()) {
      if (event.event().replaces() != null) {
        others.add(event.event().replaces());
      }
    }
    for (EventRow row : rows) {
      if (row.redactedBy() != null) {
        others.add(row.redactedBy());
      }
    }
    return others.isEmpty() ? Future.succeededFuture(Map.of()) : cache.byId(others);
  }

  private static List<ShownEvent> assemble(
      List<EventRow> rows, Map<String, KnownEvent> events, Map<String, KnownEvent> others) {
    List<ShownEvent> shown = new ArrayList<>(rows.size());
    for (EventRow row : rows) {
      KnownEvent event = events.get(row.eventId());
      if (event == null) {
        throw new IllegalStateException("event " + row.eventId() + " is not in the log");
      }
      String redactedBy = row.redactedBy();
      String replaces = event.event().replaces();
      shown.add(
          new ShownEvent(
              redactedBy == null ? event : event.redacted(),
              replaces == null ? null : others.get(replaces),
              redactedBy == null ? null : others.get(redactedBy)));
    }
    return shown;
  }
}
