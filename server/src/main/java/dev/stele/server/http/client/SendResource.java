package dev.stele.server.http.client;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.stele.api.Endpoint;
import dev.stele.api.ErrorCode;
import dev.stele.server.event.EventCache;
import dev.stele.server.event.KnownEvent;
import dev.stele.server.http.BadRequest;
import dev.stele.server.http.Bindings;
import dev.stele.server.http.Exchange;
import dev.stele.server.http.Reply;
import dev.stele.server.http.Requester;
import dev.stele.server.http.Resource;
import dev.stele.server.record.Transaction;
import dev.stele.server.room.EventDraft;
import dev.stele.server.room.RoomShards;
import dev.stele.server.room.SendEvent;
import dev.stele.stateres.id.UserId;
import io.vertx.core.Future;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Sending messages, state and redactions. Client-server API, "Sending events to a room". */
public final class SendResource implements Resource {
  private static final String REDACTION = "m.room.redaction";

  private final RoomShards shards;
  private final EventCache events;
  private final StateChecks checks;
  private final MemberState members;
  private final RelationChecks relations;

  SendResource(
      RoomShards shards,
      EventCache events,
      StateChecks checks,
      MemberState members,
      RelationChecks relations) {
    this.shards = shards;
    this.events = events;
    this.checks = checks;
    this.members = members;
    this.relations = relations;
  }

  @Override
  public void bind(Bindings bindings) {
    bindings
        .on(Endpoint.SEND_MESSAGE, this::sendMessage)
        .on(Endpoint.REDACT_EVENT, this::redact)
        .on(Endpoint.SET_ROOM_STATE_WITH_KEY, this::setState);
  }

  private Future<Reply> sendMessage(Exchange exchange) {
    String roomId = Identifiers.room(exchange);
    String type = Identifiers.key("The event type", exchange.path("eventType"));
    Transaction request = transaction(exchange, "send/" + roomId + "/" + type);
    ObjectNode content = exchange.body().node();
    return relations
        .check(roomId, type, content, request)
        .compose(checked -> send(exchange, type, null, content, request));
  }

  private Future<Reply> redact(Exchange exchange) {
    String target = Identifiers.event(exchange.path("eventId"));
    String scope = "redact/" + Identifiers.room(exchange) + "/" + target;
    ObjectNode content = exchange.bodyOrEmpty().node();
    content.put("redacts", target);
    return send(exchange, REDACTION, null, content, transaction(exchange, scope));
  }

  private Future<Reply> setState(Exchange exchange) {
    String roomId = Identifiers.room(exchange);
    String type = Identifiers.key("The event type", exchange.path("eventType"));
    String stateKey = Identifiers.key("The state key", exchange.path("stateKey"));
    ObjectNode content = exchange.body().node();
    if (type.equals("m.room.member")) {
      return members
          .set(roomId, exchange.requester().userId(), stateKey, content)
          .map(Outcomes::eventId);
    }
    return checks
        .check(roomId, type, stateKey, content)
        .compose(checked -> send(exchange, type, stateKey, content, null));
  }

  private Future<Reply> send(
      Exchange exchange,
      String type,
      @Nullable String stateKey,
      ObjectNode content,
      @Nullable Transaction request) {
    String roomId = Identifiers.room(exchange);
    String sender = exchange.requester().userId();
    if (!type.equals(REDACTION)) {
      return submit(
          new SendEvent(
              roomId, new EventDraft(type, stateKey, sender, content, null), request, null));
    }
    String target = target(content);
    ObjectNode rest = content.deepCopy();
    rest.remove("redacts");
    EventDraft draft = new EventDraft(type, stateKey, sender, rest, target);
    return sender(roomId, target)
        .map(redacted -> mayRedactAnyway(exchange.requester(), redacted) ? sender : redacted)
        .compose(redacted -> submit(new SendEvent(roomId, draft, request, redacted)));
  }

  /** Administrators of the server redact what its users have sent as if it were their own. */
  private static boolean mayRedactAnyway(Requester requester, String redacted) {
    return requester.admin()
        && UserId.serverNameOf(redacted).equals(UserId.serverNameOf(requester.userId()));
  }

  private Future<Reply> submit(SendEvent command) {
    return shards.submit(command).map(Outcomes::eventId);
  }

  private static String target(ObjectNode content) {
    if (!content.path("redacts").isTextual()) {
      throw new BadRequest(ErrorCode.BAD_JSON, "A redaction must say which event it redacts");
    }
    return Identifiers.event(content.path("redacts").textValue());
  }

  /** Who sent the event to redact, which must be in the room. */
  private Future<String> sender(String roomId, String eventId) {
    return events
        .byId(List.of(eventId))
        .map(
            found -> {
              KnownEvent event = found.get(eventId);
              if (event == null || !event.pdu().roomId().equals(roomId)) {
                throw new BadRequest(
                    ErrorCode.NOT_FOUND, "There is no event " + eventId + " in the room");
              }
              return event.pdu().sender();
            });
  }

  private static Transaction transaction(Exchange exchange, String scope) {
    Requester requester = exchange.requester();
    return new Transaction(
        requester.userId(), requester.deviceId(), scope, Identifiers.transaction(exchange));
  }
}
