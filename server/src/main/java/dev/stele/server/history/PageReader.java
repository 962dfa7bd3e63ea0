package dev.stele.server.history;

import dev.stele.server.event.ClientEvents;
import dev.stele.server.projection.EventRow;
import dev.stele.server.projection.FoundEvent;
import dev.stele.server.projection.TimelineScan;
import dev.stele.server.projection.Timelines;
import dev.stele.server.projection.TopologicalPoint;
import io.vertx.core.Future;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;

/**
 * Reads one page: batch by batch, leaving out what the user may not see and what the filter does
 * not want, until the page is full, the history ends, or enough was looked at for one request. Only
 * what is shown is read from the log; everything else is decided by rows.
 */
final class PageReader {
  /** The fewest rows to read at once; each further batch is larger. */
  private static final int MIN_BATCH = 100;

  private static final int MAX_BATCH = 2_000;

  /** How many rows to look at for one page, full or not. */
  private static final int MAX_EXAMINED = 5_000;

  private final Timelines timelines;
  private final ClientEvents events;
  private final PageRequest request;
  private final VisibleHistory history;
  private final TimelineScan scan;
  private final TopologicalPoint from;
  private final TopologicalPoint to;
  private final List<EventRow> page = new ArrayList<>();
  private int examined;

  PageReader(
      Timelines timelines,
      ClientEvents events,
      PageRequest request,
      VisibleHistory history,
      RoomHistory.Stretch stretch) {
    this.timelines = timelines;
    this.events = events;
    this.request = request;
    this.history = history;
    this.scan = Wanted.scan(request.filter());
    this.from = stretch.from();
    this.to = stretch.to();
  }

  Future<Page> read() {
    return Wanted.nothing(request) ? finished(null) : readFrom(from, MIN_BATCH);
  }

  private Future<Page> readFrom(TopologicalPoint point, int batch) {
    int size = Math.max(batch, request.limit() + 1);
    return batch(point, size)
        .compose(
            rows -> {
              List<FoundEvent> within = rows.stream().filter(this::isBeforeStop).toList();
              boolean stopped = within.size() < rows.size();
              boolean exhausted = rows.size() < size;
              return add(within, stopped, exhausted, Math.min(2 * size, MAX_BATCH));
            });
  }

  private Future<List<FoundEvent>> batch(TopologicalPoint point, int size) {
    return request.backwards()
        ? timelines.before(request.roomId(), scan, point, size)
        : timelines.after(
            request.roomId(),
            scan,
            new TopologicalPoint(point.depth(), point.position() - 1),
            size);
  }

  private boolean isBeforeStop(FoundEvent found) {
    int order = found.row().point().compareTo(to);
    return request.backwards() ? order >= 0 : order < 0;
  }

  private Future<Page> add(
      List<FoundEvent> within, boolean stopped, boolean exhausted, int nextBatch) {
    for (FoundEvent found : within) {
      if (history.canSee(found.row()) && Wanted.by(request.filter(), found)) {
        if (page.size() == request.limit()) {
          return finished(past(page.get(page.size() - 1).point()));
        }
        page.add(found.row());
      }
    }
    if (stopped) {
      return finished(page.isEmpty() ? null : request.to());
    }
    if (exhausted) {
      return finished(null);
    }
    examined += within.size();
    EventRow last = within.get(within.size() - 1).row();
    return leap(within, last)
        .compose(
            next -> {
              if (next.isEmpty()) {
                return finished(null);
              }
              return examined >= MAX_EXAMINED
                  ? finished(PageToken.of(next.get()))
                  : readFrom(next.get(), nextBatch);
            });
  }

  /**
   * Where to go on: behind the last row, or where the user can see again, if they could see nothing
   * of a whole batch; nothing if they never can.
   */
  private Future<Optional<TopologicalPoint>> leap(List<FoundEvent> batch, EventRow last) {
    TopologicalPoint next = ((PageToken.Topological) past(last.point())).before();
    if (batch.stream().anyMatch(found -> history.reaches(found.row().position()))) {
      return Future.succeededFuture(Optional.of(next));
    }
    OptionalLong seen = history.nextReached(last.position(), !request.backwards());
    return seen.isEmpty()
        ? Future.succeededFuture(Optional.empty())
        : landing(seen.getAsLong())
            .map(
                landing ->
                    landing.filter(point -> isBeyond(point, next)).or(() -> Optional.of(next)));
  }

  private Future<Optional<TopologicalPoint>> landing(long position) {
    return request.backwards()
        ? timelines
            .lastUntil(request.roomId(), position)
            .map(
                found ->
                    found.map(
                        event ->
                            new TopologicalPoint(event.row().depth(), event.row().position() + 1)))
        : timelines
            .firstFrom(request.roomId(), position)
            .map(found -> found.map(event -> event.row().point()));
  }

  private boolean isBeyond(TopologicalPoint point, TopologicalPoint other) {
    int order = point.compareTo(other);
    return request.backwards() ? order < 0 : order > 0;
  }

  private Future<Page> finished(@Nullable PageToken end) {
    PageToken start = request.from() == null ? PageToken.of(from) : request.from();
    return events.show(page).map(shown -> new Page(start, end, shown));
  }

  /** The place behind an event, in the direction of reading. */
  private PageToken past(TopologicalPoint event) {
    return request.backwards() ? PageToken.of(event) : PageToken.after(event);
  }
}
