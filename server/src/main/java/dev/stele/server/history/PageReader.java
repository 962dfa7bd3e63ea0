package dev.stele.server.history;

import dev.stele.server.event.ClientEvents;
import dev.stele.server.event.ShownEvent;
import dev.stele.server.filter.RoomEventFilter;
import dev.stele.server.projection.EventRow;
import dev.stele.server.projection.Rooms;
import dev.stele.server.projection.TopologicalPoint;
import dev.stele.stateres.event.Pdu;
import io.vertx.core.Future;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Reads one page: batch by batch, leaving out what the user may not see and what the filter does
 * not want, until the page is full, the history ends, or enough was looked at for one request.
 */
final class PageReader {
  /** The fewest rows to read at once. */
  private static final int MIN_BATCH = 100;

  /** How many rows to look at for one page, full or not. */
  private static final int MAX_EXAMINED = 5_000;

  private final Rooms rooms;
  private final ClientEvents events;
  private final PageRequest request;
  private final VisibleHistory history;
  private final TopologicalPoint from;
  private final TopologicalPoint to;
  private final List<ShownEvent> page = new ArrayList<>();
  private int examined;

  PageReader(
      Rooms rooms,
      ClientEvents events,
      PageRequest request,
      VisibleHistory history,
      RoomHistory.Stretch stretch) {
    this.rooms = rooms;
    this.events = events;
    this.request = request;
    this.history = history;
    this.from = stretch.from();
    this.to = stretch.to();
  }

  Future<Page> read() {
    return readFrom(from);
  }

  private Future<Page> readFrom(TopologicalPoint point) {
    int size = Math.max(MIN_BATCH, request.limit() + 1);
    return batch(point, size)
        .compose(
            rows -> {
              List<EventRow> within = rows.stream().filter(this::isBeforeStop).toList();
              boolean stopped = within.size() < rows.size();
              boolean exhausted = rows.size() < size;
              List<EventRow> visible = within.stream().filter(history::canSee).toList();
              return show(visible).compose(shown -> add(shown, within, stopped, exhausted));
            });
  }

  private Future<List<EventRow>> batch(TopologicalPoint point, int size) {
    return request.backwards()
        ? rooms.before(request.roomId(), point, size)
        : rooms.after(
            request.roomId(), new TopologicalPoint(point.depth(), point.position() - 1), size);
  }

  private boolean isBeforeStop(EventRow row) {
    int order = row.point().compareTo(to);
    return request.backwards() ? order >= 0 : order < 0;
  }

  /** What to show of visible rows; at most one event more than the page has room for. */
  private Future<List<ShownEvent>> show(List<EventRow> visible) {
    int wanted = request.limit() - page.size() + 1;
    if (request.filter().equals(RoomEventFilter.ALL) && visible.size() > wanted) {
      return events.show(visible.subList(0, wanted));
    }
    return events.show(visible).map(shown -> shown.stream().filter(this::isWanted).toList());
  }

  private boolean isWanted(ShownEvent shown) {
    Pdu pdu = shown.event().pdu();
    return request.filter().matchesRoom(request.roomId())
        && request.filter().matches(pdu.type(), pdu.sender(), pdu.content());
  }

  private Future<Page> add(
      List<ShownEvent> shown, List<EventRow> within, boolean stopped, boolean exhausted) {
    for (ShownEvent event : shown) {
      if (page.size() == request.limit()) {
        return Future.succeededFuture(pageUpTo(page.get(page.size() - 1)));
      }
      page.add(event);
    }
    if (exhausted && !stopped) {
      return Future.succeededFuture(finished(null));
    }
    PageToken reached = within.isEmpty() ? PageToken.of(from) : past(lastOf(within).point());
    examined += within.size();
    if (stopped || examined >= MAX_EXAMINED) {
      return Future.succeededFuture(finished(reached));
    }
    return readFrom(((PageToken.Topological) reached).before());
  }

  private Page pageUpTo(ShownEvent last) {
    return finished(
        past(new TopologicalPoint(last.event().pdu().depth(), last.event().position())));
  }

  private Page finished(@Nullable PageToken end) {
    PageToken start = request.from();
    return new Page(start == null ? PageToken.of(from) : start, end, page);
  }

  /** The place behind an event, in the direction of reading. */
  private PageToken past(TopologicalPoint event) {
    return request.backwards() ? PageToken.of(event) : PageToken.after(event);
  }

  private static EventRow lastOf(List<EventRow> rows) {
    return rows.get(rows.size() - 1);
  }
}
