package dev.stele.server.http.client;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.stele.api.Endpoint;
import dev.stele.api.ErrorCode;
import dev.stele.api.MatrixError;
import dev.stele.server.http.BadRequest;
import dev.stele.server.http.Bindings;
import dev.stele.server.http.Body;
import dev.stele.server.http.EndpointHandler;
import dev.stele.server.http.Exchange;
import dev.stele.server.http.Reply;
import dev.stele.server.http.Resource;
import dev.stele.server.identity.ThirdPartyId;
import dev.stele.server.projection.AliasRow;
import dev.stele.server.projection.MembershipRow;
import dev.stele.server.projection.Rooms;
import dev.stele.server.record.RecordLog;
import dev.stele.server.record.RoomForgotten;
import dev.stele.server.room.ChangeMembership.Action;
import dev.stele.server.room.RoomOutcome;
import io.vertx.core.Future;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Joining, inviting, leaving and the like. Client-server API, "Room membership". */
public final class MembershipResource implements Resource {
  private final Joins joins;
  private final MembershipChanges changes;
  private final ThirdPartyInvites thirdParties;
  private final Known known;
  private final RecordLog log;

  MembershipResource(
      Joins joins,
      MembershipChanges changes,
      ThirdPartyInvites thirdParties,
      Known known,
      RecordLog log) {
    this.joins = joins;
    this.changes = changes;
    this.thirdParties = thirdParties;
    this.known = known;
    this.log = log;
  }

  /** What is known of rooms already. */
  record Known(Aliases aliases, Rooms rooms, RoomRights rights) {}

  @Override
  public void bind(Bindings bindings) {
    bindings
        .on(Endpoint.JOIN_ROOM, this::joinByIdOrAlias)
        .on(Endpoint.JOIN_ROOM_BY_ID, exchange -> join(exchange, Identifiers.room(exchange)))
        .on(Endpoint.KNOCK_ROOM, this::knock)
        .on(Endpoint.INVITE_USER, this::invite)
        .on(Endpoint.LEAVE_ROOM, this::leave)
        .on(Endpoint.KICK, change(Action.KICK))
        .on(Endpoint.BAN, change(Action.BAN))
        .on(Endpoint.UNBAN, change(Action.UNBAN))
        .on(Endpoint.FORGET_ROOM, this::forget)
        .on(Endpoint.GET_JOINED_ROOMS, this::joinedRooms);
  }

  private Future<Reply> joinByIdOrAlias(Exchange exchange) {
    return roomId(exchange).compose(roomId -> join(exchange, roomId));
  }

  /**
   * The room that the path names by its id or an alias. The servers named by {@code via} could be
   * asked about a room that this one does not know, if it federated.
   */
  private Future<String> roomId(Exchange exchange) {
    String room = exchange.path("roomIdOrAlias");
    return room.startsWith("#")
        ? known.aliases().require(Identifiers.alias(room)).map(AliasRow::roomId)
        : Future.succeededFuture(Identifiers.room(room));
  }

  private Future<Reply> knock(Exchange exchange) {
    String user = exchange.requester().userId();
    ObjectNode content = reason(exchange.bodyOrEmpty());
    return roomId(exchange)
        .compose(
            roomId ->
                changes
                    .change(roomId, Action.KNOCK, user, user, content)
                    .map(outcome -> Outcomes.roomId(outcome, roomId)));
  }

  private Future<Reply> join(Exchange exchange, String roomId) {
    Body body = exchange.bodyOrEmpty();
    String user = exchange.requester().userId();
    @Nullable ObjectNode signed = ThirdPartyProofs.read(body);
    Future<RoomOutcome> joined =
        signed == null
            ? joins.join(roomId, user, reason(body))
            : known
                .rooms()
                .membership(user, roomId)
                .compose(row -> joinBy(signed, roomId, user, reason(body), row));
    return joined.map(outcome -> Outcomes.roomId(outcome, roomId));
  }

  /** Whoever may join as it is needs no proof. */
  private Future<RoomOutcome> joinBy(
      ObjectNode signed, String roomId, String user, ObjectNode said, Optional<MembershipRow> row) {
    String membership = row.map(MembershipRow::membership).orElse("leave");
    return membership.equals("join") || membership.equals("invite")
        ? joins.join(roomId, user, said)
        : joins.redeem(roomId, user, said, signed);
  }

  private Future<Reply> invite(Exchange exchange) {
    Body body = exchange.body();
    return body.has("user_id") || !body.has("medium")
        ? change(exchange, body, Action.INVITE)
        : inviteThirdParty(Identifiers.room(exchange), exchange.requester().userId(), body);
  }

  private Future<Reply> inviteThirdParty(String roomId, String sender, Body body) {
    ThirdPartyId id = ThirdPartyInvites.read(body);
    ObjectNode said = reason(body);
    return known
        .rights()
        .requireInvite(sender, roomId)
        .compose(allowed -> thirdParties.lookup(id))
        .compose(
            user ->
                user.isPresent()
                    ? changes.change(roomId, Action.INVITE, sender, user.get(), said)
                    : thirdParties.issue(roomId, sender, id))
        .map(Outcomes::empty);
  }

  private EndpointHandler change(Action action) {
    return exchange -> change(exchange, exchange.body(), action);
  }

  private Future<Reply> change(Exchange exchange, Body body, Action action) {
    String target = Identifiers.user(body.requiredString("user_id")).value();
    return changes
        .change(
            Identifiers.room(exchange), action, exchange.requester().userId(), target, reason(body))
        .map(Outcomes::empty);
  }

  private Future<Reply> leave(Exchange exchange) {
    String user = exchange.requester().userId();
    return changes
        .change(
            Identifiers.room(exchange), Action.LEAVE, user, user, reason(exchange.bodyOrEmpty()))
        .map(Outcomes::empty);
  }

  private static ObjectNode reason(Body body) {
    ObjectNode content = JsonNodeFactory.instance.objectNode();
    String reason = body.string("reason");
    return reason == null ? content : content.put("reason", reason);
  }

  /** Forgetting a room twice, or one where the user never was, changes nothing. */
  private Future<Reply> forget(Exchange exchange) {
    String user = exchange.requester().userId();
    String roomId = Identifiers.room(exchange);
    return known.rooms().membership(user, roomId).compose(row -> forget(user, roomId, row));
  }

  private Future<Reply> forget(String user, String roomId, Optional<MembershipRow> row) {
    if (row.isEmpty() || row.get().forgotten()) {
      return Future.succeededFuture(Reply.empty());
    }
    String membership = row.get().membership();
    if (!membership.equals("leave") && !membership.equals("ban")) {
      throw new BadRequest(
          MatrixError.of(ErrorCode.UNKNOWN, user + " has not left " + roomId).withStatus(400));
    }
    return log.append(List.of(new RoomForgotten(user, roomId))).map(appended -> Reply.empty());
  }

  private Future<Reply> joinedRooms(Exchange exchange) {
    return known
        .rooms()
        .memberships(exchange.requester().userId())
        .map(
            memberships -> {
              ObjectNode answer = JsonNodeFactory.instance.objectNode();
              ArrayNode joined = answer.putArray("joined_rooms");
              memberships.stream()
                  .filter(row -> row.membership().equals("join"))
                  .forEach(row -> joined.add(row.roomId()));
              return Reply.ok(answer);
            });
  }
}
