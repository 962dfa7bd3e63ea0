package dev.stele.server.history;

import dev.stele.server.event.ShownEvent;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A stretch of a room's history as one user sees it.
 *
 * @param start where it starts
 * @param end where the next page starts; null when there is nothing more to see
 * @param events the events, in the order asked for
 */
public record Page(PageToken start, @Nullable PageToken end, List<ShownEvent> events) {
  public Page {
    events = List.copyOf(events);
  }

  /** The same page with its events shown otherwise. */
  public Page with(List<ShownEvent> shown) {
    return new Page(start, end, shown);
  }
}
