package dev.stele.server.sync;

import dev.stele.server.projection.EventRow;
import dev.stele.server.projection.TopologicalPoint;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * A stretch of a room's timeline that ends with the newest event. It has no holes: between its
 * first event and its end there is nothing that the user may not see.
 *
 * @param rows the events, in order
 * @param limited whether there are more between the client's token and the first of them
 * @param start where it begins; null when there was nothing
 */
record Timeline(List<EventRow> rows, boolean limited, @Nullable TopologicalPoint start) {
  static final Timeline EMPTY = new Timeline(List.of(), false, null);

  /** The position of the first event; that after {@code end} if there is none. */
  long startPosition(long end) {
    return rows.isEmpty() ? end + 1 : rows.get(0).position();
  }

  Set<String> eventIds() {
    return rows.stream().map(EventRow::eventId).collect(Collectors.toSet());
  }

  /** Everybody who sent something, or whose membership changes. */
  Set<String> people() {
    Set<String> people = new HashSet<>();
    for (EventRow row : rows) {
      people.add(row.sender());
      if (row.isState() && row.type().equals("m.room.member")) {
        people.add(row.stateKey());
      }
    }
    return people;
  }

  /**
   * Whose member event a client needs to show the timeline: who sent something, unless the timeline
   * itself shows before what they have become.
   */
  Set<String> senders() {
    Set<String> senders = new HashSet<>();
    Set<String> shown = new HashSet<>();
    for (EventRow row : rows) {
      if (row.isState() && row.type().equals("m.room.member")) {
        shown.add(row.stateKey());
      }
      if (!shown.contains(row.sender())) {
        senders.add(row.sender());
      }
    }
    return senders;
  }
}
