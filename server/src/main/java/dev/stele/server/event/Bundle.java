package dev.stele.server.event;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What events that relate to another one come to, for one viewer. Client-server API, "Aggregations
 * of child events".
 *
 * @param replacement the most recent valid edit, or null
 * @param references the ids of the events that refer to it
 * @param thread the thread that it began, or null
 */
public record Bundle(
    @Nullable ShownEvent replacement, List<String> references, @Nullable ThreadSummary thread) {
  public Bundle {
    references = List.copyOf(references);
  }

  /**
   * A thread in short.
   *
   * @param latest its latest reply
   * @param count how many replies there are
   * @param participated whether the viewer began it or replied in it
   */
  public record ThreadSummary(ShownEvent latest, long count, boolean participated) {}
}
