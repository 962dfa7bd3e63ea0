package dev.stele.stateres.resolve;

import dev.stele.stateres.auth.PowerLevels;
import dev.stele.stateres.event.Pdu;
import dev.stele.stateres.event.StateKey;
import dev.stele.stateres.json.CanonicalJson;
import java.util.Arrays;
import java.util.BitSet;
import java.util.Comparator;
import java.util.PriorityQueue;

/**
 * Kahn's algorithm over the graph that the chosen events and the auth events between them form: of
 * those whose predecessors are all out, always takes the smallest.
 */
final class PowerSort {
  private final AuthGraph graph;
  private final BitSet chosen;
  private final int lowest;
  private final int end;
  private final int[] waitingFor;
  private final int[] followers;
  private final int[] firstFollower;
  private final PriorityQueue<Ranked> ready = new PriorityQueue<>(Ranked.ORDER);
  private final int[] sorted;
  private int count;

  PowerSort(AuthGraph graph, BitSet chosen) {
    this.graph = graph;
    this.chosen = chosen;
    this.lowest = Math.max(chosen.nextSetBit(0), 0);
    this.end = chosen.length();
    this.waitingFor = new int[end];
    this.firstFollower = new int[end + 1];
    this.followers = followersByEvent();
    this.sorted = new int[chosen.cardinality()];
  }

  /** An event with what it is compared by. */
  private record Ranked(int number, long power, Pdu event) {
    static final Comparator<Ranked> ORDER =
        Comparator.comparingLong(Ranked::power)
            .reversed()
            .thenComparingLong(ranked -> ranked.event.originServerTs())
            .thenComparing(ranked -> ranked.event.eventId(), CanonicalJson::compareByCodePoint);
  }

  private int[] followersByEvent() {
    int edges = 0;
    for (int event = lowest; event < end; event = next(event)) {
      for (int below : graph.authEvents(event)) {
        if (chosen.get(below)) {
          firstFollower[below + 1]++;
          waitingFor[event]++;
          edges++;
        }
      }
    }
    for (int event = 0; event < end; event++) {
      firstFollower[event + 1] += firstFollower[event];
    }
    int[] next = Arrays.copyOf(firstFollower, end);
    int[] found = new int[edges];
    for (int event = lowest; event < end; event = next(event)) {
      for (int below : graph.authEvents(event)) {
        if (chosen.get(below)) {
          found[next[below]++] = event;
        }
      }
    }
    return found;
  }

  private int next(int event) {
    int found = chosen.nextSetBit(event + 1);
    return found < 0 ? end : found;
  }

  int[] sort() {
    for (int event = lowest; event < end; event = next(event)) {
      if (waitingFor[event] == 0) {
        ready.add(rank(event));
      }
    }
    while (!ready.isEmpty()) {
      int smallest = ready.remove().number;
      sorted[count++] = smallest;
      releaseFollowers(smallest);
    }
    return sorted;
  }

  private void releaseFollowers(int event) {
    for (int i = firstFollower[event]; i < firstFollower[event + 1]; i++) {
      if (--waitingFor[followers[i]] == 0) {
        ready.add(rank(followers[i]));
      }
    }
  }

  private Ranked rank(int number) {
    Pdu event = graph.event(number);
    int levels = graph.authEventAt(number, StateKey.POWER_LEVELS);
    Pdu powerLevels = levels < 0 ? null : graph.event(levels);
    var power = PowerLevels.of(event.version(), powerLevels, graph.createOf(number));
    return new Ranked(number, power.userLevel(event.sender()), event);
  }
}
