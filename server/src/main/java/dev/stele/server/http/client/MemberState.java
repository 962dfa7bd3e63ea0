package dev.stele.server.http.client;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.stele.api.ErrorCode;
import dev.stele.server.http.BadRequest;
import dev.stele.server.projection.MembershipRow;
import dev.stele.server.projection.Rooms;
import dev.stele.server.room.ChangeMembership.Action;
import dev.stele.server.room.EventDraft;
import dev.stele.server.room.RestrictedJoins;
import dev.stele.server.room.RoomOutcome;
import dev.stele.server.room.RoomShards;
import dev.stele.server.room.SendEvent;
import dev.stele.stateres.id.UserId;
import io.vertx.core.Future;
import java.util.Optional;

/** Memberships that clients set as state: the same checks as on the routes of each change. */
final class MemberState {
  private final Joins joins;
  private final MembershipChanges changes;
  private final MemberContents contents;
  private final Rooms rooms;
  private final RoomShards shards;

  MemberState(
      Joins joins,
      MembershipChanges changes,
      MemberContents contents,
      Rooms rooms,
      RoomShards shards) {
    this.joins = joins;
    this.changes = changes;
    this.contents = contents;
    this.rooms = rooms;
    this.shards = shards;
  }

  /**
   * Sets a member's state.
   *
   * @param target the state key
   * @param content what the client wants the member event to say
   */
  Future<RoomOutcome> set(String roomId, String sender, String target, ObjectNode content) {
    UserId user = Identifiers.user(target);
    JsonNode membership = content.path("membership");
    if (!membership.isTextual()) {
      throw new BadRequest(ErrorCode.BAD_JSON, "membership must be a string");
    }
    StateShapes.check("m.room.member", content);
    ObjectNode said = content.deepCopy();
    // Who vouches for a join is for this server to find out.
    said.remove(RestrictedJoins.AUTHORISER);
    return rooms
        .membership(user.value(), roomId)
        .compose(row -> set(roomId, sender, user.value(), said, row));
  }

  private Future<RoomOutcome> set(
      String roomId, String sender, String target, ObjectNode said, Optional<MembershipRow> row) {
    String before = row.map(MembershipRow::membership).orElse("leave");
    boolean self = sender.equals(target);
    return switch (said.path("membership").textValue()) {
      case "join" ->
          self && !before.equals("join")
              ? joins.join(roomId, sender, said)
              : send(roomId, sender, target, said);
      case "invite" -> changes.change(roomId, Action.INVITE, sender, target, said);
      case "knock" -> changes.change(roomId, Action.KNOCK, sender, target, said);
      case "ban" -> changes.change(roomId, Action.BAN, sender, target, said);
      case "leave" -> changes.change(roomId, leaving(self, before), sender, target, said);
      default -> throw new BadRequest(ErrorCode.BAD_JSON, "There is no such membership");
    };
  }

  private static Action leaving(boolean self, String before) {
    if (self) {
      return Action.LEAVE;
    }
    return before.equals("ban") ? Action.UNBAN : Action.KICK;
  }

  /** A join of somebody who is in the room changes what it says of them there. */
  private Future<RoomOutcome> send(String roomId, String sender, String target, ObjectNode said) {
    return contents
        .of(target, said)
        .compose(
            content ->
                shards.submit(
                    new SendEvent(
                        roomId,
                        EventDraft.state("m.room.member", target, sender, content),
                        null,
                        null)));
  }
}
