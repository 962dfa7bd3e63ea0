package dev.stele.server.http.client;

import dev.stele.api.Endpoint;
import dev.stele.api.ErrorCode;
import dev.stele.server.event.ClientEvents;
import dev.stele.server.event.EventWriter;
import dev.stele.server.event.ShownEvent;
import dev.stele.server.event.Viewer;
import dev.stele.server.history.VisibleHistory;
import dev.stele.server.http.BadRequest;
import dev.stele.server.http.Bindings;
import dev.stele.server.http.Exchange;
import dev.stele.server.http.Reply;
import dev.stele.server.http.Resource;
import dev.stele.server.projection.Rooms;
import io.vertx.core.Future;
import java.util.List;

/**
 * A room's state, as of now or as of the requester's departure. Client-server API, "Getting events
 * for a room".
 */
public final class StateResource implements Resource {
  private final Rooms rooms;
  private final ClientEvents events;
  private final EventReplies replies;
  private final StateStream stream;

  public StateResource(Rooms rooms, ClientEvents events, EventWriter writer) {
    this.rooms = rooms;
    this.events = events;
    this.replies = new EventReplies(writer);
    this.stream = new StateStream(events, replies);
  }

  @Override
  public void bind(Bindings bindings) {
    bindings
        .on(Endpoint.GET_ROOM_STATE, this::getAll)
        .on(Endpoint.GET_ROOM_STATE_WITH_KEY, this::getOne);
  }

  private Future<Reply> getAll(Exchange exchange) {
    String roomId = Identifiers.room(exchange);
    return readableAt(exchange, roomId)
        .map(
            position ->
                stream.events(
                    new StateStream.Frame("[", "]"),
                    (last, limit) -> rooms.statePages().state(roomId, last, limit),
                    row -> row.heldAt(position),
                    viewer(exchange)));
  }

  private Future<Reply> getOne(Exchange exchange) {
    String roomId = Identifiers.room(exchange);
    String type = Identifiers.key("The event type", exchange.path("eventType"));
    String stateKey = Identifiers.key("The state key", exchange.path("stateKey"));
    boolean whole =
        switch (exchange.query("format", "content")) {
          case "content" -> false;
          case "event" -> true;
          default -> throw Identifiers.invalid("format must be content or event");
        };
    return readableAt(exchange, roomId)
        .compose(position -> rooms.stateAt(roomId, type, stateKey, position))
        .map(row -> row.orElseThrow(StateResource::noSuchState))
        .compose(row -> events.show(List.of(row.event())))
        .map(shown -> reply(shown.get(0), whole, viewer(exchange)));
  }

  private Reply reply(ShownEvent event, boolean whole, Viewer viewer) {
    return whole ? replies.one(event, viewer) : Reply.ok(event.event().pdu().content());
  }

  private Future<Long> readableAt(Exchange exchange, String roomId) {
    return VisibleHistory.of(rooms, exchange.requester().userId(), roomId)
        .map(history -> ReadableRooms.stateReadableAt(history, roomId));
  }

  private static Viewer viewer(Exchange exchange) {
    return ReadableRooms.viewer(exchange.requester());
  }

  private static BadRequest noSuchState() {
    return new BadRequest(ErrorCode.NOT_FOUND, "The room has no such state");
  }
}
