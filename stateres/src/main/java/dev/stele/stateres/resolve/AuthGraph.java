package dev.stele.stateres.resolve;

import dev.stele.stateres.event.EventSource;
import dev.stele.stateres.event.Pdu;
import dev.stele.stateres.event.StateKey;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The events that a resolution touches, as dense integers, with their auth events as edges. Events
 * that the source does not know have no number and no edges.
 *
 * <p>{@link #close} numbers everything below an event so that its auth events come before it: the
 * numbers are a topological order. Where hostile events form a cycle (possible only where ids are
 * not hashes) the edge that closes it is left out.
 */
final class AuthGraph {
  private static final int[] NO_EDGES = {};
  private static final int UNKNOWN = -1;
  private static final int OPEN = -2;

  private final EventSource source;
  private final Map<String, Integer> numbers = new HashMap<>();
  private Pdu[] events = new Pdu[64];
  private int[][] edges = new int[64][];
  private int size;

  AuthGraph(EventSource source) {
    this.source = source;
  }

  int size() {
    return size;
  }

  Pdu event(int number) {
    return events[number];
  }

  /** The numbers of the event's auth events, as far as they are known. */
  int[] authEvents(int number) {
    return edges[number];
  }

  /** The first of the event's auth events that stands at this key; -1 when none does. */
  int authEventAt(int number, StateKey key) {
    for (int below : edges[number]) {
      if (events[below].isState(key.type(), key.stateKey())) {
        return below;
      }
    }
    return UNKNOWN;
  }

  /** The create event that the event rests on, listed or, from version 12, named by the room id. */
  @Nullable Pdu createOf(int number) {
    if (events[number].version().roomIdIsCreateHash()) {
      return source.get("$" + events[number].roomId().substring(1));
    }
    int create = authEventAt(number, StateKey.CREATE);
    return create < 0 ? null : events[create];
  }

  EventSource source() {
    return source;
  }

  /** The number of an event already closed; -1 when it is not known or not closed. */
  int numberOf(String eventId) {
    Integer number = numbers.get(eventId);
    return number == null || number < 0 ? UNKNOWN : number;
  }

  /** Numbers the event and all that it rests on; -1 when the source does not know it. */
  int close(String eventId) {
    Integer known = numbers.get(eventId);
    if (known != null) {
      return known;
    }
    Pdu root = source.get(eventId);
    if (root == null) {
      numbers.put(eventId, UNKNOWN);
      return UNKNOWN;
    }
    numbers.put(eventId, OPEN);
    Visit top = new Visit(root, null);
    while (top != null) {
      Pdu next = nextBelow(top);
      if (next != null) {
        top = new Visit(next, top);
      } else {
        finish(top.event);
        top = top.outer;
      }
    }
    return numbers.getOrDefault(eventId, UNKNOWN);
  }

  /** An event whose auth events are being numbered, and the one that led here. */
  private static final class Visit {
    final Pdu event;
    final @Nullable Visit outer;
    int next;

    Visit(Pdu event, @Nullable Visit outer) {
      this.event = event;
      this.outer = outer;
    }
  }

  private @Nullable Pdu nextBelow(Visit visit) {
    while (visit.next < visit.event.authEvents().size()) {
      String id = visit.event.authEvents().get(visit.next++);
      if (numbers.containsKey(id)) {
        continue;
      }
      Pdu event = source.get(id);
      numbers.put(id, event == null ? UNKNOWN : OPEN);
      if (event != null) {
        return event;
      }
    }
    return null;
  }

  private void finish(Pdu event) {
    if (size == events.length) {
      events = Arrays.copyOf(events, size * 2);
      edges = Arrays.copyOf(edges, size * 2);
    }
    events[size] = event;
    edges[size] = NO_EDGES;
    numbers.put(event.eventId(), size);
    edges[size] = knownBelow(event);
    size++;
  }

  private int[] knownBelow(Pdu event) {
    int[] below = new int[event.authEvents().size()];
    int count = 0;
    for (String id : event.authEvents()) {
      int number = numberOf(id);
      if (number >= 0 && number != size) {
        below[count++] = number;
      }
    }
    return count == below.length ? below : Arrays.copyOf(below, count);
  }
}
