package dev.stele.stateres.resolve;

import dev.stele.stateres.auth.AuthRules;
import dev.stele.stateres.auth.AuthState;
import dev.stele.stateres.event.Pdu;
import dev.stele.stateres.event.StateKey;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The iterative auth checks: a state, and events that enter it one by one where it allows them. */
final class IterativeAuth {
  private final AuthGraph graph;
  private final Base base;
  private final Map<StateKey, Pdu> applied = new HashMap<>();

  /** The ids of the state to start from. */
  @FunctionalInterface
  interface Base {
    @Nullable String get(StateKey key);
  }

  /** Starts from a state. */
  IterativeAuth(AuthGraph graph, Base base) {
    this.graph = graph;
    this.base = base;
  }

  /** Applies each event in turn if the state so far allows it. */
  void apply(int[] events) {
    for (int number : events) {
      Pdu event = graph.event(number);
      AuthState state = key -> find(number, key);
      if (event.isState() && AuthRules.check(event, state).isAllowed()) {
        applied.put(event.key(), event);
      }
    }
  }

  /** The state event at a key so far; null when there is none. */
  @Nullable Pdu get(StateKey key) {
    Pdu event = applied.get(key);
    if (event != null) {
      return event;
    }
    String id = base.get(key);
    return id == null ? null : graph.source().get(id);
  }

  /** What the state lacks, the event's own auth events supply, unless they were rejected. */
  private @Nullable Pdu find(int number, StateKey key) {
    Pdu found = get(key);
    if (found != null) {
      return found;
    }
    Pdu listed = key.equals(StateKey.CREATE) ? graph.createOf(number) : authEvent(number, key);
    return listed == null || graph.source().isRejected(listed.eventId()) ? null : listed;
  }

  private @Nullable Pdu authEvent(int number, StateKey key) {
    int listed = graph.authEventAt(number, key);
    return listed < 0 ? null : graph.event(listed);
  }

  /** All that was applied, by its place in the state. */
  Map<StateKey, Pdu> applied() {
    return applied;
  }
}
