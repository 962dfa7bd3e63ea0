package dev.stele.server.room;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.stele.api.ErrorCode;
import dev.stele.api.MatrixError;
import dev.stele.stateres.event.Pdu;
import dev.stele.stateres.event.StateKey;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
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

  /** What is true of a join, and not of the membership that it begins. */
  private static final List<String> OF_ONE_JOIN =
      List.of("reason", RestrictedJoins.AUTHORISER, "third_party_invite");

  private static final List<String> OF_ONE_EVENT =
      Stream.concat(OF_ONE_JOIN.stream(), Stream.of("displayname", "avatar_url")).toList();

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

  /** The same change with another content of the member event. */
  public ChangeMembership saying(ObjectNode said) {
    return new ChangeMembership(roomId, action, sender, target, said);
  }

  @Override
  public Set<StateKey> reads() {
    return sender.equals(target)
        ? Set.of(RoomKeys.member(target))
        : Set.of(RoomKeys.member(target), RoomKeys.member(sender));
  }

  @Override
  public MatrixError unknownRoom() {
    return action == Action.JOIN || action == Action.KNOCK
        ? MatrixError.of(ErrorCode.NOT_FOUND, "There is no room " + roomId)
        : RoomCommand.super.unknownRoom();
  }

  @Override
  public Decision decide(RoomView room) {
    String before = room.membership(target);
    return switch (action) {
      case JOIN -> before.equals("join") ? unchanged(room) : emit(room, content);
      case UPDATE_PROFILE ->
          before.equals("join") ? updateProfile(room) : refuse(target + " is not in the room");
      case INVITE, KNOCK, BAN -> emit(room, content);
      case LEAVE -> isOut(before) ? refuse("You are not in the room") : emit(room, content);
      case KICK, UNBAN -> remove(room, before);
    };
  }

  /** Outsiders are not told whether the target is in the room or banned from it. */
  private Decision remove(RoomView room, String before) {
    if (!room.membership(sender).equals("join")) {
      return refuse("You are not in the room");
    }
    if (action == Action.KICK) {
      return isOut(before) ? refuse(target + " is not in the room") : emit(room, content);
    }
    return before.equals("ban")
        ? emit(room, content)
        : new Decision.Refuse(MatrixError.of(ErrorCode.BAD_STATE, target + " is not banned"));
  }

  private static boolean isOut(String membership) {
    return membership.equals("leave") || membership.equals("ban");
  }

  private static Decision unchanged(Pdu member) {
    return new Decision.Unchanged(member.eventId());
  }

  private Decision unchanged(RoomView room) {
    Pdu member = room.member(target);
    return member == null ? emit(room, content) : unchanged(member);
  }

  private Decision updateProfile(RoomView room) {
    @Nullable Pdu member = room.member(target);
    ObjectNode updated =
        member == null ? JsonNodeFactory.instance.objectNode() : member.content().deepCopy();
    updated.remove(OF_ONE_EVENT);
    updated.setAll(content);
    return member != null && sameButForOneEvent(updated, member.content())
        ? unchanged(member)
        : emit(room, updated);
  }

  private static boolean sameButForOneEvent(ObjectNode updated, ObjectNode present) {
    ObjectNode lasting = present.deepCopy();
    lasting.remove(OF_ONE_JOIN);
    return updated.equals(lasting);
  }

  private Decision emit(RoomView room, ObjectNode said) {
    ObjectNode member = said.deepCopy();
    member.put("membership", action.membership);
    @Nullable Pdu present = room.member(target);
    return present != null && repeats(room, present, member)
        ? unchanged(present)
        : new Decision.Emit(List.of(EventDraft.state("m.room.member", target, sender, member)));
  }

  /** Whether whoever asks still has the right to, and has said the very same already. */
  private boolean repeats(RoomView room, Pdu present, ObjectNode member) {
    return present.sender().equals(sender)
        && present.content().equals(member)
        && (sender.equals(target) || room.membership(sender).equals("join"));
  }

  private static Decision refuse(String why) {
    return new Decision.Refuse(MatrixError.of(ErrorCode.FORBIDDEN, why));
  }
}
