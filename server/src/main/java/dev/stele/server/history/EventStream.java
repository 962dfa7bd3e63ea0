package dev.stele.server.history;

import dev.stele.server.event.ClientEvents;
import dev.stele.server.event.ShownEvent;
import dev.stele.server.projection.FoundEvent;
import dev.stele.server.projection.Rooms;
import io.vertx.core.Future;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/** What happens in rooms, in the order in which it happens. Thread-safe. */
public final class EventStream {
  private static final int BATCH = 100;

  private final Rooms rooms;
  private final ClientEvents events;

  public EventStream(Rooms rooms, ClientEvents events) {
    this.rooms = rooms;
    this.events = events;
  }

  /**
   * Some news.
   *
   * @param end the last position that was looked at
   * @param events what of it is visible, in order
   */
  public record News(long end, List<ShownEvent> events) {}

  /** What the user may see of what happened after one position and up to another, or the first. */
  public Future<News> read(Collection<String> roomIds, String userId, long after, long upTo) {
    return Future.all(
            rooms.timelines().stream(roomIds, after, upTo, BATCH),
            VisibleHistory.of(rooms, userId, roomIds))
        .compose(
            both -> {
              Map<String, List<FoundEvent>> found = both.resultAt(0);
              Map<String, VisibleHistory> histories = both.resultAt(1);
              long end =
                  found.values().stream()
                      .filter(of -> of.size() == BATCH)
                      .mapToLong(of -> of.get(BATCH - 1).row().position())
                      .min()
                      .orElse(upTo);
              return events
                  .show(
                      found.entrySet().stream()
                          .flatMap(
                              of ->
                                  of.getValue().stream()
                                      .map(FoundEvent::row)
                                      .filter(row -> row.position() <= end)
                                      .filter(
                                          row ->
                                              Objects.requireNonNull(histories.get(of.getKey()))
                                                  .canSee(row)))
                          .sorted(Comparator.comparingLong(row -> row.position()))
                          .toList())
                  .map(shown -> new News(end, shown));
            });
  }
}
