package dev.stele.stateres.resolve;

import dev.stele.stateres.event.EventSource;
import dev.stele.stateres.event.StateKey;
import dev.stele.stateres.version.RoomVersion;
import dev.stele.stateres.version.StateResolution;
import java.util.BitSet;
import java.util.List;

/**
 * State resolution: one state from the several that a room has where its history forks. The result
 * depends on nothing but the states and the events, not on their order.
 *
 * <p>Events that the source does not know are left out, from the auth chains too; so whoever wants
 * the specified result supplies complete auth chains.
 *
 * @see <a href="https://spec.matrix.org/v1.19/rooms/v12/#state-resolution">State resolution</a>
 */
public final class StateResolver {
  private StateResolver() {}

  /** The resolution of the states; the empty state when there are none. */
  public static StateMap<String> resolve(
      RoomVersion version, List<StateMap<String>> states, EventSource events) {
    if (states.isEmpty()) {
      return StateMap.empty();
    }
    Conflict conflict = Conflict.of(states);
    if (conflict.isEmpty()) {
      return states.get(0);
    }
    return version.stateResolution() == StateResolution.V1
        ? new FirstResolution(conflict, events).resolve()
        : resolve(version.stateResolution(), conflict, new AuthGraph(events));
  }

  private static StateMap<String> resolve(
      StateResolution algorithm, Conflict conflict, AuthGraph graph) {
    BitSet remaining = FullConflictedSet.of(graph, conflict, algorithm);

    // 1. The power events and what they rest on, in reverse topological power ordering.
    var power = new PowerOrder(graph, remaining);
    BitSet chosen = power.select();
    int[] first = power.sort(chosen);

    // 2. Iterative auth checks; in v2 from the unconflicted state, in v2.1 from an empty one.
    boolean fromEmpty = algorithm == StateResolution.V2_1;
    var auth = new IterativeAuth(graph, fromEmpty ? key -> null : conflict::unconflicted);
    auth.apply(first);

    // 3. The remaining events, in mainline ordering.
    remaining.andNot(chosen);
    int[] rest = new Mainline(graph, auth.get(StateKey.POWER_LEVELS)).sort(remaining);

    // 4. Iterative auth checks on the partially resolved state.
    auth.apply(rest);

    // 5. The unconflicted state has the last word.
    return conflict.resolvedWith(auth.applied());
  }
}
