package dev.stele.stateres.dag;

import dev.stele.stateres.event.Pdu;
import java.util.List;
import java.util.Set;

/**
 * Events, each after those that it refers to.
 *
 * @param events the order: among events that could come next, the one of least depth, then the
 *     earliest, then the least id
 * @param cyclic the ids of the events that have no place in it, since they lie on a cycle or refer
 *     to one; possible only where event ids are no hashes
 */
public record TopologicalOrder(List<Pdu> events, Set<String> cyclic) {
  /** Makes both immutable. */
  public TopologicalOrder {
    events = List.copyOf(events);
    cyclic = Set.copyOf(cyclic);
  }
}
