package dev.stele.server.room;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.stele.api.ErrorCode;
import dev.stele.api.MatrixError;
import dev.stele.stateres.event.Pdu;
import dev.stele.stateres.event.StateKey;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Change a user's membership of a room. Client-server API, "Room membership".
 *
 * @param roomId the room
 * @param action what to do
 * @param sender who asks
 * @param target whose membership changes
 * @param content what the member event says besides {@code membership}: profile, reason, and what a
 *     client added
 */
public record ChangeMembership(
    String roomId, Action action, String sender, String target, ObjectNode content)
    implements RoomCommand {

  /** What can be done to a membership. */
  public enum Action {
    JOIN("join"),
    INVITE("invite"),
    KNOCK("knock"),
    LEAVE("leave"),
    KICK("leave"),
    BAN("ban"),
    UNBAN("leave"),
    /** Bring the display name and avatar of somebody who is joined up to date. */
    UPDATE_PROFILE("join");

    private final String membership;

    Action(String membership) {
      this.membership = membership;
    }
  }

  @Override
  public Set<StateKey> reads() {
    return Set.of(RoomKeys.member(target));
  }

  @Override
  public MatrixError unknownRoom() {
    return action == Action.JOIN || action == Action.KNOCK
        ? MatrixError.of(ErrorCode.NOT_FOUND, "There is no room " + roomId)
        : RoomCommand.super.unknownRoom();
  }

  @Override
  public Decision decide(RoomView room) {
    String membership = room.membership(target);
    return switch (action) {
      case JOIN -> membership.equals("join") ? unchanged(room) : emit(content);
      case UPDATE_PROFILE ->
          membership.equals("join") ? updateProfile(room) : refuse(target + " is not in the room");
      case INVITE, KNOCK, BAN -> emit(content);
      case LEAVE ->
          membership.equals("leave") || membership.equals("ban")
              ? refuse("You are not in the room")
              : emit(content);
      case KICK ->
          membership.equals("leave") || membership.equals("ban")
              ? refuse(target + " is not in the room")
              : emit(content);
      case UNBAN ->
          membership.equals("ban")
              ? emit(content)
              : new Decision.Refuse(MatrixError.of(ErrorCode.BAD_STATE, target + " is not banned"));
    };
  }

  private static Decision unchanged(Pdu member) {
    return new Decision.Unchanged(member.eventId());
  }

  private Decision unchanged(RoomView room) {
    Pdu member = room.member(target);
    return member == null ? emit(content) : unchanged(member);
  }

  private Decision updateProfile(RoomView room) {
    @Nullable Pdu member = room.member(target);
    ObjectNode updated =
        member == null ? JsonNodeFactory.instance.objectNode() : member.content().deepCopy();
    updated.remove(List.of("displayname", "avatar_url", "reason"));
    updated.setAll(content);
    return member != null && updated.equals(member.content()) ? unchanged(member) : emit(updated);
  }

  private Decision emit(ObjectNode said) {
    ObjectNode member = said.deepCopy();
    member.put("membership", action.membership);
    return new Decision.Emit(List.of(EventDraft.state("m.room.member", target, sender, member)));
  }

  private static Decision refuse(String why) {
    return new Decision.Refuse(MatrixError.of(ErrorCode.FORBIDDEN, why));
  }
}
