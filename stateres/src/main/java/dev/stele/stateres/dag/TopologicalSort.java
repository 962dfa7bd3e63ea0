package dev.stele.stateres.dag;

import dev.stele.stateres.event.Pdu;
import dev.stele.stateres.json.CanonicalJson;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.PriorityQueue;
import java.util.Set;

/** Kahn's algorithm over all events of a graph. */
final class TopologicalSort {
  private static final Comparator<Pdu> ORDER =
      Comparator.comparingLong(Pdu::depth)
          .thenComparingLong(Pdu::originServerTs)
          .thenComparing(Pdu::eventId, CanonicalJson::compareByCodePoint);

  private final Map<String, Pdu> events;
  private final Map<String, List<Pdu>> followers = new HashMap<>();
  private final Map<String, Integer> waitingFor = new HashMap<>();
  private final PriorityQueue<Pdu> ready = new PriorityQueue<>(ORDER);

  TopologicalSort(Map<String, Pdu> events, Edges edges) {
    this.events = events;
    for (Pdu event : events.values()) {
      int known = 0;
      for (String id : new HashSet<>(edges.of(event))) {
        if (events.containsKey(id)) {
          followers.computeIfAbsent(id, below -> new ArrayList<>()).add(event);
          known++;
        }
      }
      waitingFor.put(event.eventId(), known);
      if (known == 0) {
        ready.add(event);
      }
    }
  }

  TopologicalOrder sort() {
    var sorted = new ArrayList<Pdu>(events.size());
    Set<String> left = new LinkedHashSet<>(events.keySet());
    while (!ready.isEmpty()) {
      Pdu next = ready.remove();
      sorted.add(next);
      left.remove(next.eventId());
      for (Pdu follower : followers.getOrDefault(next.eventId(), List.of())) {
        if (waitingFor.merge(follower.eventId(), -1, Integer::sum) == 0) {
          ready.add(follower);
        }
      }
    }
    return new TopologicalOrder(sorted, left);
  }
}
