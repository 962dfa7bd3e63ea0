package dev.stele.stateres.resolve;

import dev.stele.stateres.event.StateKey;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * Several states, split into what they agree upon and the rest. Costs what differs.
 *
 * @param unconflicted the entries that every state has alike
 * @param conflicted by event id, the indexes of the states that have it where not all agree
 * @param keys the keys where not all agree, with the ids found there, sorted
 */
record Conflict(
    StateMap<String> unconflicted,
    Map<String, List<Integer>> conflicted,
    Map<StateKey, TreeSet<String>> keys) {

  static Conflict of(List<StateMap<String>> states) {
    var differing = new TreeMap<StateKey, TreeSet<String>>();
    StateMap<String> first = states.get(0);
    for (StateMap<String> state : states) {
      first.diff(state, (key, mine, theirs) -> differing.putIfAbsent(key, new TreeSet<>()));
    }
    StateMap<String> unconflicted = first;
    var conflicted = new TreeMap<String, List<Integer>>();
    for (Map.Entry<StateKey, TreeSet<String>> entry : differing.entrySet()) {
      unconflicted = unconflicted.remove(entry.getKey());
      for (int i = 0; i < states.size(); i++) {
        add(conflicted, entry.getValue(), states.get(i).get(entry.getKey()), i);
      }
    }
    return new Conflict(unconflicted, conflicted, differing);
  }

  private static void add(
      Map<String, List<Integer>> conflicted,
      TreeSet<String> ofKey,
      @Nullable String eventId,
      int state) {
    if (eventId != null) {
      conflicted.computeIfAbsent(eventId, id -> new ArrayList<>()).add(state);
      ofKey.add(eventId);
    }
  }
}
