package dev.stele.server.http.client;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.stele.server.room.ChangeMembership;
import dev.stele.server.room.ChangeMembership.Action;
import dev.stele.server.room.Profiles;
import dev.stele.server.room.RestrictedJoins;
import dev.stele.server.room.RoomOutcome;
import dev.stele.server.room.RoomShards;
import io.vertx.core.Future;
import java.util.List;
import java.util.Optional;

/** Changes of memberships, with what member events say of the people behind them. Thread-safe. */
public final class MembershipChanges {
  private final String serverName;
  private final RoomShards shards;
  private final Profiles profiles;
  private final RestrictedJoins restricted;
  private final InvitePermission permission;

  public MembershipChanges(
      String serverName,
      RoomShards shards,
      Profiles profiles,
      RestrictedJoins restricted,
      InvitePermission permission) {
    this.serverName = serverName;
    this.shards = shards;
    this.profiles = profiles;
    this.restricted = restricted;
    this.permission = permission;
  }

  /**
   * A user joins.
   *
   * @param said what the member event says besides the profile; not changed from here on
   */
  Future<RoomOutcome> join(String roomId, String userId, ObjectNode said) {
    return Future.all(withProfile(userId, said), restricted.authoriser(roomId, userId))
        .compose(
            both -> {
              ObjectNode content = both.resultAt(0);
              both.<Optional<String>>resultAt(1)
                  .ifPresent(user -> content.put(RestrictedJoins.AUTHORISER, user));
              return shards.submit(
                  new ChangeMembership(roomId, Action.JOIN, userId, userId, content));
            });
  }

  /** Anything but a join. */
  Future<RoomOutcome> change(
      String roomId, Action action, String sender, String target, ObjectNode said) {
    ChangeMembership asked = new ChangeMembership(roomId, action, sender, target, said);
    return switch (action) {
      case INVITE -> invite(asked);
      case KNOCK, LEAVE -> submitWithProfile(asked);
      case KICK, BAN, UNBAN -> shards.submit(asked);
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

  private Future<RoomOutcome> submitWithProfile(ChangeMembership asked) {
    return withProfile(asked.target(), asked.content())
        .compose(content -> shards.submit(asked.saying(content)));
  }

  /** The content with what it lacks of the user's profile. */
  Future<ObjectNode> withProfile(String userId, ObjectNode said) {
    return profiles
        .of(List.of(userId))
        .map(
            known -> {
              ObjectNode content = JsonNodeFactory.instance.objectNode();
              ObjectNode profile = known.get(userId);
              if (profile != null) {
                content.setAll(profile);
              }
              content.setAll(said);
              return content;
            });
  }
}
