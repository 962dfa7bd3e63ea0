package dev.stele.server.history;

import dev.stele.server.history.PageRequest.Direction;
import dev.stele.server.projection.FoundEvent;
import dev.stele.server.projection.Rooms;
import dev.stele.server.projection.Timelines;
import io.vertx.core.Future;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;

/** Finds the event that is closest to a time. Thread-safe. */
public final class EventTimes {
  private static final int BATCH = 200;
  private static final int MAX_BATCHES = 10;

  private final Timelines timelines;

  public EventTimes(Rooms rooms) {
    this.timelines = rooms.timelines();
  }

  /**
   * The first visible event from a time on, or the last one up to it. Where the user may see only a
   * part of a long history, the search leaps over the rest.
   *
   * @param time in milliseconds since the Unix epoch
   */
  public Future<Optional<FoundEvent>> closest(
      String roomId, long time, Direction direction, VisibleHistory history) {
    Search search = new Search(roomId, direction, history);
    return read(search, search.start(time), MAX_BATCHES);
  }

  private record Search(String roomId, Direction direction, VisibleHistory history) {
    boolean forwards() {
      return direction == Direction.FORWARDS;
    }

    /** Before, in the direction of the search, everything that was sent at a time. */
    Place start(long time) {
      return new Place(time, forwards() ? -1 : Long.MAX_VALUE);
    }
  }

  private Future<Optional<FoundEvent>> read(Search search, Place from, int batches) {
    return batch(search, from)
        .compose(
            found -> {
              Optional<FoundEvent> visible =
                  found.stream().filter(event -> search.history.canSee(event.row())).findFirst();
              if (visible.isPresent() || found.size() < BATCH || batches <= 1) {
                return Future.succeededFuture(visible);
              }
              return leap(search, found.get(found.size() - 1))
                  .compose(place -> read(search, place, batches - 1));
            });
  }

  /** A place in the order of time. */
  private record Place(long time, long position) {}

  /** Behind the last event, or where the user can see again if that is further. */
  private Future<Place> leap(Search search, FoundEvent last) {
    Place next = new Place(last.originServerTs(), last.row().position());
    OptionalLong seen = search.history.nextReached(last.row().position(), search.forwards());
    if (seen.isEmpty()) {
      return Future.succeededFuture(next);
    }
    return (search.forwards()
            ? timelines.firstFrom(search.roomId, seen.getAsLong())
            : timelines.lastUntil(search.roomId, seen.getAsLong()))
        .map(
            landing ->
                landing
                    .filter(
                        event ->
                            search.forwards()
                                ? event.originServerTs() > next.time
                                : event.originServerTs() < next.time)
                    .map(event -> search.start(event.originServerTs()))
                    .orElse(next));
  }

  private Future<List<FoundEvent>> batch(Search search, Place from) {
    return search.forwards()
        ? timelines.sentAfter(search.roomId, from.time, from.position, BATCH)
        : timelines.sentBefore(search.roomId, from.time, from.position, BATCH);
  }
}
