package dev.stele.server.history;

import dev.stele.server.event.ClientEvents;
import dev.stele.server.event.ShownEvent;
import dev.stele.server.history.PageRequest.Direction;
import dev.stele.server.projection.EventRow;
import dev.stele.server.projection.Rooms;
import dev.stele.server.projection.StateRow;
import dev.stele.server.projection.TopologicalPoint;
import io.vertx.core.Future;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Rooms' past, page by page. Thread-safe. */
public final class RoomHistory {
  private final Rooms rooms;
  private final ClientEvents events;
  private final TokenPlaces places;

  public RoomHistory(Rooms rooms, ClientEvents events) {
    this.rooms = rooms;
    this.events = events;
    this.places = new TokenPlaces(rooms);
  }

  /** The page that is asked for, as far as the user may see it. */
  public Future<Page> page(PageRequest request, VisibleHistory history) {
    return Future.all(start(request, history), stop(request))
        .compose(
            ends -> {
              Stretch stretch = new Stretch(ends.resultAt(0), ends.resultAt(1));
              return new PageReader(rooms.timelines(), events, request, history, stretch).read();
            });
  }

  /**
   * The members who sent these events, as they were at the latest of them.
   *
   * @param sent at least one event of the room
   * @param readableAt the position up to which the user may read the room's state
   */
  public Future<List<ShownEvent>> senders(String roomId, List<ShownEvent> sent, long readableAt) {
    Set<String> senders =
        sent.stream().map(shown -> shown.event().pdu().sender()).collect(Collectors.toSet());
    long latest = sent.stream().mapToLong(shown -> shown.event().position()).max().orElseThrow();
    return rooms
        .stateAt(roomId, "m.room.member", senders, Math.min(latest, readableAt))
        .compose(rows -> events.show(rows.stream().map(StateRow::event).toList()));
  }

  private Future<TopologicalPoint> start(PageRequest request, VisibleHistory history) {
    PageToken from = request.from();
    if (from != null) {
      return places.point(request.roomId(), from, TokenPlaces.BEGINNING);
    }
    if (request.backwards()) {
      PageToken last = new PageToken.Stream(history.lastPosition());
      return places.point(request.roomId(), last, TokenPlaces.END);
    }
    return rooms
        .timelines()
        .firstFrom(request.roomId(), history.firstPosition())
        .map(first -> first.map(found -> found.row().point()).orElse(TokenPlaces.BEGINNING));
  }

  private Future<TopologicalPoint> stop(PageRequest request) {
    return places.point(
        request.roomId(),
        request.to(),
        request.backwards() ? TokenPlaces.BEGINNING : TokenPlaces.END);
  }

  /**
   * What is around a visible event; for whoever loads members lazily with the state at the last
   * event.
   */
  public Future<EventContext> context(
      ContextRequest request, EventRow event, VisibleHistory history) {
    return surroundings(request, event, history)
        .compose(context -> state(request, context, history).map(context::with));
  }

  /** What is around a visible event, without state. */
  public Future<EventContext> surroundings(
      ContextRequest request, EventRow event, VisibleHistory history) {
    PageToken start = PageToken.of(event.point());
    PageToken end = PageToken.after(event.point());
    return Future.all(
            side(request, Direction.BACKWARDS, start, request.before(), history),
            events.show(List.of(event)),
            side(request, Direction.FORWARDS, end, request.after(), history))
        .map(
            parts -> {
              List<ShownEvent> shown = parts.resultAt(1);
              return EventContext.of(parts.resultAt(0), shown.get(0), parts.resultAt(2));
            });
  }

  private Future<Page> side(
      ContextRequest request,
      Direction direction,
      PageToken from,
      int limit,
      VisibleHistory history) {
    return limit == 0
        ? Future.succeededFuture(new Page(from, from, List.of()))
        : page(
            new PageRequest(request.roomId(), direction, from, null, limit, request.filter()),
            history);
  }

  /**
   * The state at the last event, with those members who sent something, for whoever loads members
   * lazily. All state may be too much to be read at once.
   */
  private Future<List<ShownEvent>> state(
      ContextRequest request, EventContext context, VisibleHistory history) {
    String roomId = request.roomId();
    long last = context.last().event().position();
    if (!request.filter().lazyLoadMembers() || !history.readsStateAt(last)) {
      return Future.succeededFuture(List.of());
    }
    Future<List<StateRow>> state =
        Future.all(
                rooms.stateButMembers(roomId, last),
                rooms.stateAt(roomId, "m.room.member", context.senders(), last))
            .map(both -> joined(both.resultAt(0), both.resultAt(1)));
    return state.compose(
        rows ->
            events.show(
                rows.stream()
                    .map(StateRow::event)
                    .filter(row -> request.filter().events().matches(row.type(), row.sender()))
                    .toList()));
  }

  private static <T> List<T> joined(List<T> first, List<T> second) {
    return Stream.concat(first.stream(), second.stream()).toList();
  }

  /** Where to start and where to stop, as points that events stand before or after. */
  record Stretch(TopologicalPoint from, TopologicalPoint to) {}
}
