package dev.stele.server.http.client;

import dev.stele.api.Endpoint;
import dev.stele.api.Limits;
import dev.stele.server.event.ClientEvents;
import dev.stele.server.event.EventCache;
import dev.stele.server.event.EventWriter;
import dev.stele.server.history.Aggregations;
import dev.stele.server.history.Page;
import dev.stele.server.history.PageToken;
import dev.stele.server.history.RelatedEvents;
import dev.stele.server.history.RelationsRequest;
import dev.stele.server.history.ThreadList;
import dev.stele.server.history.VisibleHistory;
import dev.stele.server.http.Bindings;
import dev.stele.server.http.Exchange;
import dev.stele.server.http.Reply;
import dev.stele.server.http.Resource;
import dev.stele.server.projection.Relations;
import dev.stele.server.projection.Relations.Children;
import dev.stele.server.projection.Rooms;
import io.vertx.core.Future;
import org.jspecify.annotations.Nullable;

/**
 * What relates to an event, and the threads of a room. Client-server API, "Relationships API" and
 * "Threading".
 */
public final class RelationsResource implements Resource {
  /** How many relations lie between an event and the farthest that relates to it. */
  private static final int RECURSION = 3;

  private final Rooms rooms;
  private final VisibleEvents visible;
  private final RelatedEvents related;
  private final ThreadList threads;
  private final Aggregations aggregations;
  private final EventReplies replies;

  public RelationsResource(
      Rooms rooms, Relations relations, EventCache cache, ClientEvents events, EventWriter writer) {
    this.rooms = rooms;
    this.visible = new VisibleEvents(rooms, cache);
    this.related = new RelatedEvents(rooms, relations, events);
    this.aggregations = new Aggregations(relations, events);
    this.threads = new ThreadList(rooms, relations, cache, events, aggregations);
    this.replies = new EventReplies(writer);
  }

  @Override
  public void bind(Bindings bindings) {
    bindings
        .on(Endpoint.GET_RELATING_EVENTS, exchange -> relations(exchange, null, null))
        .on(
            Endpoint.GET_RELATING_EVENTS_WITH_REL_TYPE,
            exchange -> relations(exchange, relationType(exchange), null))
        .on(
            Endpoint.GET_RELATING_EVENTS_WITH_REL_TYPE_AND_EVENT_TYPE,
            exchange ->
                relations(
                    exchange,
                    relationType(exchange),
                    Identifiers.key("The event type", exchange.path("eventType"))))
        .on(Endpoint.GET_THREAD_ROOTS, this::threads);
  }

  private static String relationType(Exchange exchange) {
    return Identifiers.key("The relationship type", exchange.path("relType"));
  }

  private Future<Reply> relations(
      Exchange exchange, @Nullable String relationType, @Nullable String eventType) {
    String roomId = Identifiers.room(exchange);
    String eventId = Identifiers.event(exchange.path("eventId"));
    boolean recurse = exchange.queryBool("recurse", false);
    RelationsRequest request =
        new RelationsRequest(
            new Children(roomId, eventId, relationType, eventType, recurse ? RECURSION : 1),
            HistoryQueries.direction(exchange.query("dir", "b")),
            Tokens.optional(exchange, "from"),
            Tokens.optional(exchange, "to"),
            Math.max(1, HistoryQueries.limit(exchange, Limits.DEFAULT_PAGE)));
    String userId = exchange.requester().userId();
    return visible
        .find(exchange.requester(), roomId, eventId)
        .compose(
            found ->
                related
                    .page(request, found.history())
                    .compose(page -> bundle(page, roomId, userId, found.history())))
        .map(
            page ->
                replies.batch(
                    page,
                    request.from(),
                    exchange.query("recurse") == null ? null : request.children().depth(),
                    ReadableRooms.viewer(exchange.requester())));
  }

  private Future<Page> bundle(Page page, String roomId, String userId, VisibleHistory history) {
    return aggregations.bundle(roomId, page.events(), userId, history).map(page::with);
  }

  private Future<Reply> threads(Exchange exchange) {
    String roomId = Identifiers.room(exchange);
    PageToken from = Tokens.optional(exchange, "from");
    int limit = HistoryQueries.limit(exchange, Limits.DEFAULT_PAGE);
    if (limit == 0) {
      throw Identifiers.invalid("limit must be greater than 0");
    }
    boolean participated =
        switch (exchange.query("include", "all")) {
          case "all" -> false;
          case "participated" -> true;
          default -> throw Identifiers.invalid("include must be all or participated");
        };
    String userId = exchange.requester().userId();
    return VisibleHistory.of(rooms, userId, roomId)
        .compose(
            history -> {
              ReadableRooms.requireReadable(history, roomId);
              return threads.page(
                  new ThreadList.Request(roomId, userId, participated, from, limit), history);
            })
        .map(page -> replies.batch(page, null, null, ReadableRooms.viewer(exchange.requester())));
  }
}
