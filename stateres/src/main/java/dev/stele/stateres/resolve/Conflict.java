package dev.stele.stateres.resolve;

import dev.stele.stateres.event.Pdu;
import dev.stele.stateres.event.StateKey;
import java.util.Arrays;
import java.util.BitSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Several states, split into what they agree upon and the rest. Costs what differs from the first
 * of them, which stands for all where they agree.
 */
final class Conflict {
  private final StateMap<String> first;
  private final int states;
  private final Map<StateKey, TreeSet<String>> keys = new HashMap<>();
  private final Map<String, BitSet> holders = new HashMap<>();

  private Conflict(List<StateMap<String>> states) {
    this.first = states.get(0);
    this.states = states.size();
    var agreeing = new HashMap<StateKey, BitSet>();
    for (int i = 1; i < this.states; i++) {
      int state = i;
      first.diff(
          states.get(i),
          (key, mine, theirs) -> {
            agreeing.computeIfAbsent(key, any -> all()).clear(state);
            add(key, theirs, state);
          });
    }
    agreeing.forEach((key, set) -> addFirst(key, set));
  }

  static Conflict of(List<StateMap<String>> states) {
    return new Conflict(states);
  }

  private BitSet all() {
    BitSet all = new BitSet(states);
    all.set(0, states);
    return all;
  }

  private void add(StateKey key, @Nullable String eventId, int state) {
    TreeSet<String> ids = keys.computeIfAbsent(key, any -> new TreeSet<>());
    if (eventId != null) {
      ids.add(eventId);
      holders.computeIfAbsent(eventId, any -> new BitSet(states)).set(state);
    }
  }

  private void addFirst(StateKey key, BitSet agreeing) {
    String eventId = first.get(key);
    if (eventId != null) {
      keys.computeIfAbsent(key, any -> new TreeSet<>()).add(eventId);
      holders.computeIfAbsent(eventId, any -> new BitSet(states)).or(agreeing);
    }
  }

  /** Whether all states are the same. */
  boolean isEmpty() {
    return keys.isEmpty();
  }

  /** How many states there are. */
  int states() {
    return states;
  }

  /** The ids of the conflicted state set, sorted. */
  String[] conflicted() {
    String[] ids = holders.keySet().toArray(new String[0]);
    Arrays.sort(ids);
    return ids;
  }

  /** The states that have this event of the conflicted state set. */
  BitSet holders(String eventId) {
    return holders.getOrDefault(eventId, new BitSet());
  }

  /** The keys where not all agree, with the ids found there. */
  Map<StateKey, ? extends Set<String>> keys() {
    return keys;
  }

  /** The event at a key of the unconflicted state map; null when it has none. */
  @Nullable String unconflicted(StateKey key) {
    return keys.containsKey(key) ? null : first.get(key);
  }

  /** Tells each event of the unconflicted state map. */
  void forEachUnconflicted(Consumer<String> action) {
    first.forEach(
        (key, id) -> {
          if (!keys.containsKey(key)) {
            action.accept(id);
          }
        });
  }

  /** The unconflicted state map with what was chosen for other keys. */
  StateMap<String> resolvedWith(Map<StateKey, Pdu> chosen) {
    StateMap<String> result = first;
    for (StateKey key : keys.keySet()) {
      result = chosen.containsKey(key) ? result : result.remove(key);
    }
    for (Map.Entry<StateKey, Pdu> entry : chosen.entrySet()) {
      if (unconflicted(entry.getKey()) == null) {
        result = result.put(entry.getKey(), entry.getValue().eventId());
      }
    }
    return result;
  }
}
