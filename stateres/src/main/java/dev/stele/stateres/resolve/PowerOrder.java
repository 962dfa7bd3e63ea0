package dev.stele.stateres.resolve;

import dev.stele.stateres.event.EventType;
import dev.stele.stateres.event.Pdu;
import java.util.BitSet;

/** The power events of a full conflicted set, in reverse topological power ordering. */
final class PowerOrder {
  private final AuthGraph graph;
  private final BitSet conflicted;

  PowerOrder(AuthGraph graph, BitSet conflicted) {
    this.graph = graph;
    this.conflicted = conflicted;
  }

  /** Whether the event can take power away from others. */
  static boolean isPowerEvent(Pdu event) {
    String stateKey = event.stateKey();
    if (stateKey == null) {
      return false;
    }
    if (event.type().equals(EventType.MEMBER)) {
      String membership = event.contentText("membership");
      boolean removal = "leave".equals(membership) || "ban".equals(membership);
      return removal && !stateKey.equals(event.sender());
    }
    return stateKey.isEmpty()
        && (event.type().equals(EventType.POWER_LEVELS)
            || event.type().equals(EventType.JOIN_RULES));
  }

  /** The power events and those of the full conflicted set on which they rest. */
  BitSet select() {
    BitSet reached = new BitSet(graph.size());
    for (int i = conflicted.nextSetBit(0); i >= 0; i = conflicted.nextSetBit(i + 1)) {
      if (isPowerEvent(graph.event(i))) {
        reached.set(i);
      }
    }
    for (int i = reached.length() - 1; i >= 0; i--) {
      if (reached.get(i)) {
        for (int below : graph.authEvents(i)) {
          reached.set(below);
        }
      }
    }
    reached.and(conflicted);
    return reached;
  }

  /** The chosen events sorted, earliest first. */
  int[] sort(BitSet chosen) {
    return new PowerSort(graph, chosen).sort();
  }
}
