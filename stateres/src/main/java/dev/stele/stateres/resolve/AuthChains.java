package dev.stele.stateres.resolve;

import dev.stele.stateres.event.EventSource;
import java.util.BitSet;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * Auth chains: what events rest on, by their auth events, theirs, and so on. Events that the source
 * does not know are left out. The cost is that of the chains, once each.
 *
 * @see <a href="https://spec.matrix.org/v1.19/rooms/v12/#definitions">Definitions</a>
 */
public final class AuthChains {
  private AuthChains() {}

  /** All that the events rest on; of themselves only those on which another rests. */
  public static Set<String> of(Collection<String> eventIds, EventSource events) {
    var graph = new AuthGraph(events);
    return idsOf(graph, below(graph, close(graph, eventIds)));
  }

  /**
   * The auth difference of several sets of events, such as the states of forks: what is in the auth
   * chain of some, but not of every one of them.
   */
  public static Set<String> difference(
      Collection<? extends Collection<String>> sets, EventSource events) {
    if (sets.isEmpty()) {
      return Set.of();
    }
    var graph = new AuthGraph(events);
    List<BitSet> closed = sets.stream().<BitSet>map(set -> close(graph, set)).toList();
    BitSet some = new BitSet();
    BitSet every = new BitSet();
    every.set(0, graph.size());
    for (BitSet set : closed) {
      BitSet chain = below(graph, set);
      some.or(chain);
      every.and(chain);
    }
    some.andNot(every);
    return idsOf(graph, some);
  }

  private static BitSet close(AuthGraph graph, Collection<String> eventIds) {
    BitSet numbers = new BitSet();
    for (String id : eventIds) {
      int number = graph.close(id);
      if (number >= 0) {
        numbers.set(number);
      }
    }
    return numbers;
  }

  /** All below the given events, as far as the graph goes. */
  static BitSet below(AuthGraph graph, BitSet sources) {
    BitSet below = new BitSet(graph.size());
    for (int event = graph.size() - 1; event >= 0; event--) {
      if (sources.get(event) || below.get(event)) {
        for (int authEvent : graph.authEvents(event)) {
          below.set(authEvent);
        }
      }
    }
    return below;
  }

  private static Set<String> idsOf(AuthGraph graph, BitSet numbers) {
    Set<String> ids = new HashSet<>();
    numbers.stream().forEach(number -> ids.add(graph.event(number).eventId()));
    return ids;
  }
}
