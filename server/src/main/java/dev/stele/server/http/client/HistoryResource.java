package dev.stele.server.http.client;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.stele.api.Endpoint;
import dev.stele.api.ErrorCode;
import dev.stele.api.Limits;
import dev.stele.server.event.ClientEvents;
import dev.stele.server.event.EventCache;
import dev.stele.server.event.EventWriter;
import dev.stele.server.event.KnownEvent;
import dev.stele.server.event.ShownEvent;
import dev.stele.server.filter.InvalidFilter;
import dev.stele.server.filter.RoomEventFilter;
import dev.stele.server.history.Page;
import dev.stele.server.history.PageRequest;
import dev.stele.server.history.PageRequest.Direction;
import dev.stele.server.history.RoomHistory;
import dev.stele.server.history.VisibleHistory;
import dev.stele.server.http.BadRequest;
import dev.stele.server.http.Bindings;
import dev.stele.server.http.Exchange;
import dev.stele.server.http.Reply;
import dev.stele.server.http.Resource;
import dev.stele.server.projection.Rooms;
import io.vertx.core.Future;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** A room's past: single events and pages. Client-server API, "Getting events for a room". */
public final class HistoryResource implements Resource {
  private static final ObjectMapper MAPPER = new JsonMapper();

  private final Rooms rooms;
  private final EventCache cache;
  private final ClientEvents events;
  private final RoomHistory histories;
  private final EventReplies replies;

  public HistoryResource(Rooms rooms, EventCache cache, ClientEvents events, EventWriter writer) {
    this.rooms = rooms;
    this.cache = cache;
    this.events = events;
    this.histories = new RoomHistory(rooms, events);
    this.replies = new EventReplies(writer);
  }

  @Override
  public void bind(Bindings bindings) {
    bindings
        .on(Endpoint.GET_ONE_ROOM_EVENT, this::event)
        .on(Endpoint.GET_ROOM_EVENTS, this::messages);
  }

  private Future<Reply> event(Exchange exchange) {
    String roomId = Identifiers.room(exchange);
    String eventId = Identifiers.event(exchange.path("eventId"));
    return Future.all(
            cache.byId(List.of(eventId)).map(found -> found.get(eventId)),
            VisibleHistory.of(rooms, exchange.requester().userId(), roomId))
        .compose(
            both -> {
              KnownEvent event = both.resultAt(0);
              VisibleHistory history = both.resultAt(1);
              if (event == null || !event.pdu().roomId().equals(roomId) || !history.canSee(event)) {
                throw notFound(eventId);
              }
              return rooms.event(roomId, event.position());
            })
        .compose(row -> events.show(List.of(row.orElseThrow(() -> notFound(eventId)))))
        .map(shown -> replies.one(shown.get(0), ReadableRooms.viewer(exchange.requester())));
  }

  private static BadRequest notFound(String eventId) {
    return new BadRequest(
        ErrorCode.NOT_FOUND, "There is no event " + eventId + ", or you may not see it");
  }

  private Future<Reply> messages(Exchange exchange) {
    PageRequest request = request(exchange);
    return VisibleHistory.of(rooms, exchange.requester().userId(), request.roomId())
        .compose(
            history -> {
              long readableAt = ReadableRooms.stateReadableAt(history, request.roomId());
              return histories
                  .page(request, history)
                  .compose(page -> reply(exchange, request, page, readableAt));
            });
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
    RoomEventFilter filter = filter(exchange.query("filter"));
    return new PageRequest(
        roomId,
        direction(exchange),
        Tokens.optional(exchange, "from"),
        Tokens.optional(exchange, "to"),
        limit(exchange, filter),
        filter);
  }

  private static Direction direction(Exchange exchange) {
    String direction = exchange.query("dir");
    if (direction == null) {
      throw new BadRequest(ErrorCode.MISSING_PARAM, "Missing: dir");
    }
    return switch (direction) {
      case "b" -> Direction.BACKWARDS;
      case "f" -> Direction.FORWARDS;
      default -> throw Identifiers.invalid("dir must be b or f");
    };
  }

  private static int limit(Exchange exchange, RoomEventFilter filter) {
    long asked = exchange.queryLong("limit", filter.events().limit().orElse(Limits.DEFAULT_PAGE));
    if (asked < 0) {
      throw Identifiers.invalid("limit must not be negative");
    }
    return (int) Math.max(1, Math.min(asked, Limits.MAX_PAGE));
  }

  private static RoomEventFilter filter(@Nullable String text) {
    if (text == null || text.isEmpty()) {
      return RoomEventFilter.ALL;
    }
    try {
      if (MAPPER.readTree(text) instanceof ObjectNode json) {
        return RoomEventFilter.parse(json);
      }
      throw new BadRequest(ErrorCode.BAD_JSON, "filter is not a JSON object");
    } catch (JsonProcessingException e) {
      throw new BadRequest(ErrorCode.NOT_JSON, "filter is not JSON");
    } catch (InvalidFilter e) {
      throw new BadRequest(e.error());
    }
  }
}
