package dev.stele.server.room;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.stele.api.ErrorCode;
import dev.stele.api.MatrixError;
import dev.stele.stateres.event.Pdu;
import dev.stele.stateres.event.StateKey;
import java.util.List;
import java.util.Set;

/**
 * Join by an invite that was issued to an address: it becomes an invite of the user, by whoever
 * issued it, and the user joins. Client-server API, "Third-party invites".
 *
 * @param roomId the room
 * @param userId who joins
 * @param signed what the identity server has signed: that the user is whom the invite is for
 * @param content what the join says besides {@code membership}
 */
public record RedeemInvite(String roomId, String userId, ObjectNode signed, ObjectNode content)
    implements RoomCommand {

  @Override
  public Set<StateKey> reads() {
    return Set.of(RoomKeys.member(userId), issued());
  }

  @Override
  public MatrixError unknownRoom() {
    return MatrixError.of(ErrorCode.NOT_FOUND, "There is no room " + roomId);
  }

  @Override
  public Decision decide(RoomView room) {
    Pdu member = room.member(userId);
    if (member != null && room.membership(userId).equals("join")) {
      return new Decision.Unchanged(member.eventId());
    }
    EventDraft join =
        EventDraft.state(
            "m.room.member", userId, userId, content.deepCopy().put("membership", "join"));
    if (room.membership(userId).equals("invite")) {
      return new Decision.Emit(List.of(join));
    }
    Pdu issued = room.state(issued());
    return issued == null || issued.content().isEmpty()
        ? new Decision.Refuse(
            MatrixError.of(ErrorCode.FORBIDDEN, "The room has no such invite, or no longer"))
        : new Decision.Emit(List.of(invite(issued), join));
  }

  private StateKey issued() {
    return new StateKey("m.room.third_party_invite", signed.path("token").asText());
  }

  private EventDraft invite(Pdu issued) {
    ObjectNode invite = JsonNodeFactory.instance.objectNode().put("membership", "invite");
    ObjectNode thirdParty = invite.putObject("third_party_invite");
    thirdParty.set("display_name", issued.content().get("display_name"));
    thirdParty.set("signed", signed);
    return EventDraft.state("m.room.member", userId, issued.sender(), invite);
  }
}
