package dev.stele.server.history;

import dev.stele.server.event.ClientEvents;
import dev.stele.server.event.EventCache;
import dev.stele.server.event.KnownEvent;
import dev.stele.server.event.ShownEvent;
import dev.stele.server.projection.EventRow;
import dev.stele.server.projection.Relations;
import dev.stele.server.projection.Rooms;
import dev.stele.server.projection.ThreadRow;
import dev.stele.server.projection.TopologicalPoint;
import dev.stele.server.record.Relation;
import io.vertx.core.Future;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The threads of rooms, the latest first. Client-server API, "Threading". Thread-safe. */
public final class ThreadList {
  private static final int BATCH = 50;

  /** How many threads to look at for one page, full or not. */
  private static final int MAX_EXAMINED = 1_000;

  private final Rooms rooms;
  private final Relations relations;
  private final EventCache cache;
  private final ClientEvents events;
  private final Aggregations aggregations;
  private final TokenPlaces places;

  public ThreadList(
      Rooms rooms,
      Relations relations,
      EventCache cache,
      ClientEvents events,
      Aggregations aggregations) {
    this.rooms = rooms;
    this.relations = relations;
    this.cache = cache;
    this.events = events;
    this.aggregations = aggregations;
    this.places = new TokenPlaces(rooms);
  }

  /**
   * Which threads are wanted.
   *
   * @param userId who asks
   * @param participated whether only those that they began or replied in
   * @param from where to start; null for the latest
   * @param limit how many at most; at least 1
   */
  public record Request(
      String roomId, String userId, boolean participated, @Nullable PageToken from, int limit) {}

  /** The roots of the threads that are asked for, with their bundles. */
  public Future<Page> page(Request request, VisibleHistory history) {
    return places
        .point(request.roomId, request.from, TokenPlaces.END)
        .compose(from -> new Reading(request, history, from).readFrom(from));
  }

  private final class Reading {
    private final Request request;
    private final VisibleHistory history;
    private final PageToken start;
    private final List<ShownEvent> page = new ArrayList<>();
    private int examined;

    Reading(Request request, VisibleHistory history, TopologicalPoint from) {
      this.request = request;
      this.history = history;
      this.start = PageToken.of(from);
    }

    Future<Page> readFrom(TopologicalPoint point) {
      return relations
          .threads(request.roomId, request.userId, point, BATCH)
          .compose(threads -> roots(threads).compose(roots -> add(threads, roots)));
    }

    /** The roots of these threads that may be shown, with their bundles, by id. */
    private Future<Map<String, ShownEvent>> roots(List<ThreadRow> threads) {
      return cache
          .byId(threads.stream().map(ThreadRow::rootId).toList())
          .compose(
              known -> {
                List<Long> positions = new ArrayList<>();
                for (ThreadRow thread : threads) {
                  KnownEvent root = known.get(thread.rootId());
                  if (root != null && isWanted(thread, root)) {
                    positions.add(root.position());
                  }
                }
                return rooms.timelines().at(request.roomId, positions);
              })
          .compose(rows -> show(rows));
    }

    private boolean isWanted(ThreadRow thread, KnownEvent root) {
      return root.pdu().roomId().equals(request.roomId)
          && history.reaches(root.position())
          && Relation.of(root.pdu()).isEmpty()
          && (!request.participated
              || thread.participated()
              || root.pdu().sender().equals(request.userId));
    }

    /** Of ignored users' events nothing but that a thread began there. */
    private Future<Map<String, ShownEvent>> show(List<EventRow> rows) {
      return events
          .show(rows)
          .compose(shown -> aggregations.bundle(request.roomId, shown, request.userId, history))
          .map(
              shown -> {
                Map<String, ShownEvent> roots = new HashMap<>();
                for (int i = 0; i < rows.size(); i++) {
                  ShownEvent root = shown.get(i);
                  if (root.bundle() != null && root.bundle().thread() != null) {
                    roots.put(
                        root.event().id(),
                        history.ignores(rows.get(i)) ? root.withoutContent() : root);
                  }
                }
                return roots;
              });
    }

    private Future<Page> add(List<ThreadRow> threads, Map<String, ShownEvent> roots) {
      TopologicalPoint last = TokenPlaces.END;
      for (ThreadRow thread : threads) {
        ShownEvent root = roots.get(thread.rootId());
        if (root != null) {
          if (page.size() == request.limit) {
            return Future.succeededFuture(new Page(start, PageToken.of(last), page));
          }
          page.add(root);
        }
        last = thread.latest();
      }
      if (threads.size() < BATCH) {
        return Future.succeededFuture(new Page(start, null, page));
      }
      examined += threads.size();
      return examined >= MAX_EXAMINED
          ? Future.succeededFuture(new Page(start, PageToken.of(last), page))
          : readFrom(last);
    }
  }
}
