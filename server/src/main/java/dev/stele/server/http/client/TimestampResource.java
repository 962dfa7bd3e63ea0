package dev.stele.server.http.client;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import dev.stele.api.Endpoint;
import dev.stele.api.ErrorCode;
import dev.stele.server.history.EventTimes;
import dev.stele.server.history.PageRequest.Direction;
import dev.stele.server.history.VisibleHistory;
import dev.stele.server.http.BadRequest;
import dev.stele.server.http.Bindings;
import dev.stele.server.http.Exchange;
import dev.stele.server.http.Reply;
import dev.stele.server.http.Resource;
import dev.stele.server.projection.FoundEvent;
import dev.stele.server.projection.Rooms;
import io.vertx.core.Future;

/** Jumping to a date. Client-server API, {@code GET /rooms/{roomId}/timestamp_to_event}. */
public final class TimestampResource implements Resource {
  private final Rooms rooms;
  private final EventTimes times;

  public TimestampResource(Rooms rooms) {
    this.rooms = rooms;
    this.times = new EventTimes(rooms);
  }

  @Override
  public void bind(Bindings bindings) {
    bindings.on(Endpoint.GET_EVENT_BY_TIMESTAMP, this::closest);
  }

  private Future<Reply> closest(Exchange exchange) {
    String roomId = Identifiers.room(exchange);
    if (exchange.query("ts") == null) {
      throw new BadRequest(ErrorCode.MISSING_PARAM, "Missing: ts");
    }
    long time = exchange.queryLong("ts", 0);
    Direction direction = HistoryQueries.direction(exchange);
    return VisibleHistory.of(rooms, exchange.requester().userId(), roomId)
        .compose(
            history -> {
              ReadableRooms.requireReadable(history, roomId);
              return times.closest(roomId, time, direction, history);
            })
        .map(found -> reply(found.orElseThrow(TimestampResource::none)));
  }

  private static Reply reply(FoundEvent found) {
    return Reply.ok(
        JsonNodeFactory.instance
            .objectNode()
            .put("event_id", found.row().eventId())
            .put("origin_server_ts", found.originServerTs()));
  }

  private static BadRequest none() {
    return new BadRequest(
        ErrorCode.NOT_FOUND, "There is no event in that direction that you may see");
  }
}
