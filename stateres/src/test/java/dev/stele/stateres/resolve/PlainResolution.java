package dev.stele.stateres.resolve;

import dev.stele.stateres.auth.AuthRules;
import dev.stele.stateres.auth.PowerLevels;
import dev.stele.stateres.event.EventSource;
import dev.stele.stateres.event.EventType;
import dev.stele.stateres.event.Pdu;
import dev.stele.stateres.event.StateKey;
import dev.stele.stateres.version.StateResolution;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * State resolution v2 and v2.1 spelled out over sets, definition by definition, with no care for
 * speed: what the real one is compared with.
 */
final class PlainResolution {
  private final boolean v21;
  private final EventSource events;
  private final Map<String, Set<String>> chains = new HashMap<>();

  PlainResolution(StateResolution algorithm, EventSource events) {
    this.v21 = algorithm == StateResolution.V2_1;
    this.events = events;
  }

  Map<StateKey, String> resolve(List<Map<StateKey, String>> states) {
    Map<StateKey, String> unconflicted = new HashMap<>();
    Set<String> conflicted = new HashSet<>();
    Set<StateKey> keys = new HashSet<>();
    states.forEach(state -> keys.addAll(state.keySet()));
    for (StateKey key : keys) {
      Set<String> values = new HashSet<>();
      states.forEach(state -> values.add(state.get(key)));
      if (values.size() == 1) {
        unconflicted.put(key, values.iterator().next());
      } else {
        values.stream().filter(Objects::nonNull).forEach(conflicted::add);
      }
    }
    Set<String> full = new HashSet<>(conflicted);
    full.addAll(authDifference(states));
    if (v21) {
      full.addAll(subgraph(conflicted));
    }
    return resolve(unconflicted, full);
  }

  private Map<StateKey, String> resolve(Map<StateKey, String> unconflicted, Set<String> full) {
    Set<String> chosen = new HashSet<>();
    for (String id : full) {
      if (isPowerEvent(events.get(id))) {
        chosen.add(id);
        chain(id).stream().filter(full::contains).forEach(chosen::add);
      }
    }
    Map<StateKey, String> state = v21 ? new HashMap<>() : new HashMap<>(unconflicted);
    apply(state, byPower(chosen));
    Set<String> rest = new HashSet<>(full);
    rest.removeAll(chosen);
    apply(state, byMainline(rest, state.get(StateKey.POWER_LEVELS)));
    state.putAll(unconflicted);
    return state;
  }

  private static boolean isPowerEvent(Pdu event) {
    String membership = event.contentText("membership");
    return switch (event.type()) {
      case EventType.POWER_LEVELS, EventType.JOIN_RULES -> "".equals(event.stateKey());
      case EventType.MEMBER ->
          !event.sender().equals(event.stateKey())
              && ("leave".equals(membership) || "ban".equals(membership));
      default -> false;
    };
  }

  private Set<String> chain(String id) {
    Set<String> known = chains.get(id);
    if (known == null) {
      known = new LinkedHashSet<>();
      for (String auth : events.get(id).authEvents()) {
        known.add(auth);
        known.addAll(chain(auth));
      }
      chains.put(id, known);
    }
    return known;
  }

  private Set<String> authDifference(List<Map<StateKey, String>> states) {
    Set<String> union = new HashSet<>();
    Set<String> intersection = null;
    for (Map<StateKey, String> state : states) {
      Set<String> full = new HashSet<>();
      state.values().forEach(id -> full.addAll(chain(id)));
      union.addAll(full);
      if (intersection == null) {
        intersection = new HashSet<>(full);
      } else {
        intersection.retainAll(full);
      }
    }
    union.removeAll(intersection);
    return union;
  }

  private Set<String> subgraph(Set<String> conflicted) {
    Set<String> found = new HashSet<>(conflicted);
    for (String from : conflicted) {
      for (String between : chain(from)) {
        if (chain(between).stream().anyMatch(conflicted::contains)) {
          found.add(between);
        }
      }
    }
    return found;
  }

  private List<String> byPower(Set<String> chosen) {
    Comparator<String> order =
        Comparator.comparingLong(this::power)
            .reversed()
            .thenComparingLong(id -> events.get(id).originServerTs())
            .thenComparing(Comparator.naturalOrder());
    List<String> sorted = new ArrayList<>();
    Set<String> left = new HashSet<>(chosen);
    while (!left.isEmpty()) {
      String next =
          left.stream()
              .filter(id -> events.get(id).authEvents().stream().noneMatch(left::contains))
              .min(order)
              .orElseThrow();
      sorted.add(next);
      left.remove(next);
    }
    return sorted;
  }

  private long power(String id) {
    Pdu event = events.get(id);
    return PowerLevels.of(event.version(), AuthRules.stateOfAuthEvents(event, events))
        .userLevel(event.sender());
  }

  private List<String> byMainline(Set<String> ids, @Nullable String levels) {
    List<String> mainline = new ArrayList<>();
    for (String at = levels; at != null; at = levelsOf(at)) {
      mainline.add(at);
    }
    Comparator<String> order =
        Comparator.<String>comparingInt(id -> -position(id, mainline))
            .thenComparingLong(id -> events.get(id).originServerTs())
            .thenComparing(Comparator.naturalOrder());
    return ids.stream().sorted(order).toList();
  }

  private int position(String id, List<String> mainline) {
    for (String at = levelsOf(id); at != null; at = levelsOf(at)) {
      if (mainline.contains(at)) {
        return mainline.indexOf(at);
      }
    }
    return Integer.MAX_VALUE;
  }

  private @Nullable String levelsOf(String id) {
    return events.get(id).authEvents().stream()
        .filter(auth -> events.get(auth).isState(EventType.POWER_LEVELS, ""))
        .findFirst()
        .orElse(null);
  }

  private void apply(Map<StateKey, String> state, List<String> ids) {
    for (String id : ids) {
      Pdu event = events.get(id);
      if (AuthRules.check(event, key -> find(state, event, key)).isAllowed()) {
        state.put(event.key(), id);
      }
    }
  }

  private @Nullable Pdu find(Map<StateKey, String> state, Pdu event, StateKey key) {
    if (state.containsKey(key)) {
      return events.get(state.get(key));
    }
    Pdu listed = AuthRules.stateOfAuthEvents(event, events).get(key);
    return listed == null || events.isRejected(listed.eventId()) ? null : listed;
  }
}
