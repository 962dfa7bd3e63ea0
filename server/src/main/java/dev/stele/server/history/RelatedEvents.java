package dev.stele.server.history;

import dev.stele.server.event.ClientEvents;
import dev.stele.server.projection.EventRow;
import dev.stele.server.projection.RelatedEvent;
import dev.stele.server.projection.Relations;
import dev.stele.server.projection.Rooms;
import dev.stele.server.projection.TopologicalPoint;
import io.vertx.core.Future;
import java.util.ArrayList;
import java.util.List;

/** The events that relate to one, page by page. Thread-safe. */
public final class RelatedEvents {
  private static final int MIN_BATCH = 50;

  /** How many rows to look at for one page, full or not. */
  private static final int MAX_EXAMINED = 2_000;

  private final Relations relations;
  private final ClientEvents events;
  private final TokenPlaces places;

  public RelatedEvents(Rooms rooms, Relations relations, ClientEvents events) {
    this.relations = relations;
    this.events = events;
    this.places = new TokenPlaces(rooms);
  }

  /** The page that is asked for, as far as the user may see it. */
  public Future<Page> page(RelationsRequest request, VisibleHistory history) {
    String roomId = request.children().roomId();
    boolean backwards = request.backwards();
    return Future.all(
            places.point(
                roomId, request.from(), backwards ? TokenPlaces.END : TokenPlaces.BEGINNING),
            places.point(roomId, request.to(), backwards ? TokenPlaces.BEGINNING : TokenPlaces.END))
        .compose(ends -> new Reading(request, history, ends.resultAt(0), ends.resultAt(1)).read());
  }

  private final class Reading {
    private final RelationsRequest request;
    private final VisibleHistory history;
    private final TopologicalPoint from;
    private final TopologicalPoint to;
    private final int batch;
    private final List<EventRow> page = new ArrayList<>();
    private int examined;

    Reading(
        RelationsRequest request,
        VisibleHistory history,
        TopologicalPoint from,
        TopologicalPoint to) {
      this.request = request;
      this.history = history;
      this.from = from;
      this.to = to;
      this.batch = Math.max(MIN_BATCH, request.limit() + 1);
    }

    Future<Page> read() {
      return readFrom(
          request.backwards() ? from : new TopologicalPoint(from.depth(), from.position() - 1));
    }

    private Future<Page> readFrom(TopologicalPoint point) {
      return relations
          .children(request.children(), point, request.backwards(), batch)
          .compose(this::add);
    }

    private Future<Page> add(List<RelatedEvent> found) {
      for (RelatedEvent event : found) {
        EventRow row = event.row();
        if (isBehindStop(row.point())) {
          return finished(false);
        }
        if (history.canSee(row)) {
          if (page.size() == request.limit()) {
            return finished(true);
          }
          page.add(row);
        }
      }
      examined += found.size();
      if (found.size() < batch) {
        return finished(false);
      }
      return examined >= MAX_EXAMINED
          ? finished(!page.isEmpty())
          : readFrom(found.get(found.size() - 1).row().point());
    }

    private boolean isBehindStop(TopologicalPoint point) {
      int order = point.compareTo(to);
      return request.backwards() ? order < 0 : order >= 0;
    }

    private Future<Page> finished(boolean more) {
      PageToken start = request.from() == null ? PageToken.of(from) : request.from();
      return events
          .show(page)
          .map(shown -> new Page(start, more ? past(page.get(page.size() - 1)) : null, shown));
    }

    private PageToken past(EventRow row) {
      return request.backwards() ? PageToken.of(row.point()) : PageToken.after(row.point());
    }
  }
}
