package dev.stele.server.http.client;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.stele.server.room.ChangeMembership;
import dev.stele.server.room.ChangeMembership.Action;
import dev.stele.server.room.RoomOutcome;
import dev.stele.server.room.RoomShards;
import dev.stele.server.sync.TypingNotices;
import io.vertx.core.Future;

/** Changes of memberships other than joins. Thread-safe. */
final class MembershipChanges {
  private final String serverName;
  private final RoomShards shards;
  private final MemberContents contents;
  private final InvitePermission permission;
  private final TypingNotices typing;

  MembershipChanges(
      String serverName,
      RoomShards shards,
      MemberContents contents,
      InvitePermission permission,
      TypingNotices typing) {
    this.serverName = serverName;
    this.shards = shards;
    this.contents = contents;
    this.permission = permission;
    this.typing = typing;
  }

  /** Changes a membership; {@link Joins} are elsewhere. */
  Future<RoomOutcome> change(
      String roomId, Action action, String sender, String target, ObjectNode said) {
    ChangeMembership asked = new ChangeMembership(roomId, action, sender, target, said);
    return switch (action) {
      case INVITE -> invite(asked);
      case KNOCK -> submitWithProfile(asked);
      case LEAVE -> submitWithProfile(asked).compose(outcome -> departed(asked, outcome));
      case KICK, BAN -> shards.submit(asked).compose(outcome -> departed(asked, outcome));
      case UNBAN -> shards.submit(asked);
      case JOIN, UPDATE_PROFILE -> throw new IllegalArgumentException("action: " + action);
    };
  }

  /** Users of this server may be invited before they register: bridges make them when needed. */
  private Future<RoomOutcome> invite(ChangeMembership asked) {
    LocalUsers.require(Identifiers.user(asked.target()), serverName);
    return permission
        .require(asked.roomId(), asked.sender(), asked.target())
        .compose(wanted -> submitWithProfile(asked));
  }

  /** Whoever has gone types no more. */
  private Future<RoomOutcome> departed(ChangeMembership asked, RoomOutcome outcome) {
    return outcome instanceof RoomOutcome.Refused
        ? Future.succeededFuture(outcome)
        : typing.set(asked.roomId(), asked.target(), false, 0).map(outcome);
  }

  private Future<RoomOutcome> submitWithProfile(ChangeMembership asked) {
    return contents
        .of(asked.target(), asked.content())
        .compose(content -> shards.submit(asked.saying(content)));
  }
}
