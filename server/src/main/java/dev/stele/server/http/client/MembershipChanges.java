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

  public MembershipChanges(
      String serverName, RoomShards shards, Profiles profiles, RestrictedJoins restricted) {
    this.serverName = serverName;
    this.shards = shards;
    this.profiles = profiles;
    this.restricted = restricted;
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
    if (action != Action.INVITE && action != Action.KNOCK) {
      return shards.submit(new ChangeMembership(roomId, action, sender, target, said));
    }
    LocalUsers.require(Identifiers.user(target), serverName);
    return withProfile(target, said)
        .compose(
            content ->
                shards.submit(new ChangeMembership(roomId, action, sender, target, content)));
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
