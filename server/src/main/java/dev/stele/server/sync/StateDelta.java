package dev.stele.server.sync;

import dev.stele.server.projection.StateRow;
import dev.stele.stateres.event.StateKey;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Which state a client needs beside a timeline to know the state at its end. Works on the state
 * over time, not on the events of the timeline: what changed without being shown there counts.
 */
final class StateDelta {
  private StateDelta() {}

  /**
   * What to tell before a timeline.
   *
   * @param rows all state that holds just before {@code start}, at {@code end} or between
   * @param start the position of the timeline's first event; the one after {@code end} to tell the
   *     state at the end, whatever the timeline shows
   * @param end the position as of which the client is to know the state
   * @param shown the events that the timeline shows
   */
  static List<StateRow> of(Collection<StateRow> rows, long start, long end, Set<String> shown) {
    Map<StateKey, StateRow> before = new LinkedHashMap<>();
    Map<StateKey, StateRow> atEnd = new LinkedHashMap<>();
    for (StateRow row : rows) {
      StateKey key = new StateKey(row.type(), row.stateKey());
      if (row.since() < start && row.until() >= start) {
        before.put(key, row);
      }
      if (row.since() <= end && row.until() > end) {
        atEnd.put(key, row);
      }
    }
    Set<StateKey> keys = new LinkedHashSet<>(before.keySet());
    keys.addAll(atEnd.keySet());
    List<StateRow> delta = new ArrayList<>();
    for (StateKey key : keys) {
      StateRow last = atEnd.get(key);
      StateRow told =
          last == null || (last.since() >= start && shown.contains(last.eventId()))
              ? before.get(key)
              : last;
      if (told != null) {
        delta.add(told);
      }
    }
    return delta;
  }
}
