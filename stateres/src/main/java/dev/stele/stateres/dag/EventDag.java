package dev.stele.stateres.dag;

import dev.stele.stateres.event.EventSource;
import dev.stele.stateres.event.Pdu;
import java.util.Collection;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * Some events of a room as a graph, by their {@code prev_events} or by their {@code auth_events}.
 * Immutable. Each answer costs what the events and their references cost once.
 */
public final class EventDag implements EventSource {
  private final Map<String, Pdu> events = new LinkedHashMap<>();

  private EventDag(Collection<Pdu> events) {
    for (Pdu event : events) {
      this.events.put(event.eventId(), event);
    }
  }

  /** The graph of these events. */
  public static EventDag of(Collection<Pdu> events) {
    return new EventDag(events);
  }

  @Override
  public @Nullable Pdu get(String eventId) {
    return events.get(eventId);
  }

  /** The ids of all events, in the order in which they were given. */
  public Set<String> ids() {
    return Collections.unmodifiableSet(events.keySet());
  }

  /** The events which no other one names as a previous event, sorted. */
  public Set<String> forwardExtremities() {
    var ends = new TreeSet<>(events.keySet());
    events.values().forEach(event -> event.prevEvents().forEach(ends::remove));
    return ends;
  }

  /** The events that are named along these edges and are not here, sorted. */
  public Set<String> missing(Edges edges) {
    var missing = new TreeSet<String>();
    for (Pdu event : events.values()) {
      for (String id : edges.of(event)) {
        if (!events.containsKey(id)) {
          missing.add(id);
        }
      }
    }
    return missing;
  }

  /** The events in an order in which each comes after those that it names along these edges. */
  public TopologicalOrder order(Edges edges) {
    return new TopologicalSort(events, edges).sort();
  }
}
