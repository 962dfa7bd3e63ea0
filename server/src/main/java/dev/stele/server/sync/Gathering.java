package dev.stele.server.sync;

import dev.stele.server.history.VisibleHistory;
import dev.stele.server.projection.EventRow;
import dev.stele.server.projection.FoundEvent;
import dev.stele.server.projection.TopologicalPoint;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/** A timeline while its events are gathered, newest first. */
final class Gathering {
  private final RoomQuestion question;
  private final VisibleHistory history;
  private final int limit;
  private final List<EventRow> rows = new ArrayList<>();
  private long upTo;
  private boolean limited;
  private boolean done;
  private @Nullable TopologicalPoint start;

  Gathering(RoomQuestion question, VisibleHistory history, int limit) {
    this.question = question;
    this.history = history;
    this.limit = limit;
    this.upTo = question.upTo();
  }

  RoomQuestion question() {
    return question;
  }

  /** The last position that was not looked at yet. */
  long upTo() {
    return upTo;
  }

  boolean done() {
    return done;
  }

  /**
   * Takes the next events.
   *
   * @param chunk the next older events
   * @param asked how many there would be if the room had as many
   * @param wanted which of them the client wants
   */
  void take(List<FoundEvent> chunk, int asked, Predicate<FoundEvent> wanted) {
    for (FoundEvent event : chunk) {
      if (!take(event.row(), wanted.test(event))) {
        limited = true;
        done = true;
        return;
      }
    }
    done = chunk.size() < asked;
    if (!done) {
      upTo = chunk.get(chunk.size() - 1).row().position() - 1;
    }
  }

  /** Enough was looked at; what was not is left for paging back. */
  void giveUp() {
    limited |= !done;
    done = true;
  }

  Timeline timeline() {
    List<EventRow> inOrder = new ArrayList<>(rows);
    Collections.reverse(inOrder);
    return new Timeline(List.copyOf(inOrder), limited, start);
  }

  /** Whether the timeline can go on before this event. */
  private boolean take(EventRow row, boolean wanted) {
    if (!history.reaches(row.position()) && row.position() != question.announced()) {
      return false;
    }
    boolean shown = !history.ignores(row) && wanted;
    if (shown && rows.size() == limit) {
      if (limit == 0) {
        start = new TopologicalPoint(row.depth(), row.position() + 1);
      }
      return false;
    }
    if (shown) {
      rows.add(row);
    }
    if (shown || rows.isEmpty()) {
      start = row.point();
    }
    return true;
  }
}
