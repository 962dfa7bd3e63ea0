package dev.stele.server.http.client;

import dev.stele.api.Endpoint;
import dev.stele.server.event.ClientEvents;
import dev.stele.server.event.EventCache;
import dev.stele.server.event.EventWriter;
import dev.stele.server.event.ShownEvent;
import dev.stele.server.event.Viewer;
import dev.stele.server.filter.RoomEventFilter;
import dev.stele.server.history.Aggregations;
import dev.stele.server.history.ContextRequest;
import dev.stele.server.history.EventContext;
import dev.stele.server.history.Page;
import dev.stele.server.history.PageRequest;
import dev.stele.server.history.RoomHistory;
import dev.stele.server.history.VisibleHistory;
import dev.stele.server.http.Bindings;
import dev.stele.server.http.Exchange;
import dev.stele.server.http.Reply;
import dev.stele.server.http.Resource;
import dev.stele.server.projection.Relations;
import dev.stele.server.projection.Rooms;
import io.vertx.core.Future;
import io.vertx.core.buffer.Buffer;
import java.util.List;

/** A room's past: single events and pages. Client-server API, "Getting events for a room". */
public final class HistoryResource implements Resource {
  private final Rooms rooms;
  private final ClientEvents events;
  private final VisibleEvents visible;
  private final RoomHistory histories;
  private final Aggregations aggregations;
  private final EventReplies replies;
  private final StateStream stream;

  public HistoryResource(
      Rooms rooms, Relations relations, EventCache cache, ClientEvents events, EventWriter writer) {
    this.rooms = rooms;
    this.events = events;
    this.visible = new VisibleEvents(rooms, cache);
    this.histories = new RoomHistory(rooms, events);
    this.aggregations = new Aggregations(relations, events);
    this.replies = new EventReplies(writer);
    this.stream = new StateStream(events, replies);
  }

  @Override
  public void bind(Bindings bindings) {
    bindings
        .on(Endpoint.GET_ONE_ROOM_EVENT, this::event)
        .on(Endpoint.GET_EVENT_CONTEXT, this::context)
        .on(Endpoint.GET_ROOM_EVENTS, this::messages);
  }

  private Future<Reply> event(Exchange exchange) {
    String roomId = Identifiers.room(exchange);
    String eventId = Identifiers.event(exchange.path("eventId"));
    return visible
        .find(exchange.requester(), roomId, eventId)
        .compose(
            found ->
                events
                    .show(List.of(found.row()))
                    .compose(shown -> bundle(exchange, shown, found.history())))
        .map(shown -> replies.one(shown.get(0), ReadableRooms.viewer(exchange.requester())));
  }

  private Future<Reply> context(Exchange exchange) {
    String roomId = Identifiers.room(exchange);
    String eventId = Identifiers.event(exchange.path("eventId"));
    RoomEventFilter filter = HistoryQueries.filter(exchange);
    ContextRequest request =
        ContextRequest.around(roomId, HistoryQueries.limit(exchange, filter), filter);
    return visible
        .find(exchange.requester(), roomId, eventId)
        .compose(
            found ->
                histories
                    .context(request, found.row(), found.history())
                    .compose(
                        context ->
                            bundle(exchange, context.events(), found.history())
                                .map(context::withEvents))
                    .map(context -> reply(exchange, request, context, found.history())));
  }

  /** With all state, which may be much, unless only some members are wanted. */
  private Reply reply(
      Exchange exchange, ContextRequest request, EventContext context, VisibleHistory history) {
    Viewer viewer = ReadableRooms.viewer(exchange.requester());
    Buffer whole = replies.context(context, viewer);
    long last = context.last().event().position();
    if (request.filter().lazyLoadMembers() || !history.readsStateAt(last)) {
      return Reply.encoded(whole);
    }
    String tail = "]}";
    return stream.events(
        new StateStream.Frame(whole.getString(0, whole.length() - tail.length()), tail),
        (row, limit) -> rooms.statePages().state(request.roomId(), row, limit),
        row -> row.heldAt(last) && request.filter().events().matches(row.type(), row.sender()),
        viewer);
  }

  private Future<Reply> messages(Exchange exchange) {
    PageRequest request = request(exchange);
    return VisibleHistory.of(rooms, exchange.requester().userId(), request.roomId())
        .compose(
            history -> {
              long readableAt = ReadableRooms.stateReadableAt(history, request.roomId());
              return histories
                  .page(request, history)
                  .compose(page -> bundle(exchange, page.events(), history).map(page::with))
                  .compose(page -> reply(exchange, request, page, readableAt));
            });
  }

  private Future<List<ShownEvent>> bundle(
      Exchange exchange, List<ShownEvent> shown, VisibleHistory history) {
    return aggregations.bundle(
        Identifiers.room(exchange), shown, exchange.requester().userId(), history);
  }

  private Future<Reply> reply(Exchange exchange, PageRequest request, Page page, long readableAt) {
    return members(request, page, readableAt)
        .map(members -> replies.page(page, members, ReadableRooms.viewer(exchange.requester())));
  }

  /** For whoever loads members lazily: those who sent what is on the page. */
  private Future<List<ShownEvent>> members(PageRequest request, Page page, long readableAt) {
    return request.filter().lazyLoadMembers() && !page.events().isEmpty()
        ? histories.senders(request.roomId(), page.events(), readableAt)
        : Future.succeededFuture(List.of());
  }

  private static PageRequest request(Exchange exchange) {
    String roomId = Identifiers.room(exchange);
    RoomEventFilter filter = HistoryQueries.filter(exchange);
    return new PageRequest(
        roomId,
        HistoryQueries.direction(exchange),
        Tokens.optional(exchange, "from"),
        Tokens.optional(exchange, "to"),
        Math.max(1, HistoryQueries.limit(exchange, filter)),
        filter);
  }
}
