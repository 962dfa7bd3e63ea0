package dev.stele.server.http.client;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.stele.api.ErrorCode;
import dev.stele.server.http.BadRequest;
import dev.stele.server.projection.InviteBlocking;
import dev.stele.server.projection.UserData;
import io.vertx.core.Future;
import java.util.Collection;
import java.util.List;
import java.util.Map;

/**
 * Whether users of this server want to be invited. Client-server API, "Invite permission".
 * Thread-safe.
 */
public final class InvitePermission {
  private final BlockedInvites blocked;
  private final RoomRights rights;

  InvitePermission(BlockedInvites blocked, RoomRights rights) {
    this.blocked = blocked;
    this.rights = rights;
  }

  /** Reads what users have stored in their account data. */
  public static InvitePermission of(UserData data, RoomRights rights) {
    return new InvitePermission(
        users -> data.accountData(users, InviteBlocking.TYPE).map(InvitePermission::blocking),
        rights);
  }

  private static List<String> blocking(Map<String, ObjectNode> configs) {
    return configs.entrySet().stream()
        .filter(config -> InviteBlocking.blocks(config.getValue()))
        .map(Map.Entry::getKey)
        .toList();
  }

  /**
   * Fails with {@code M_INVITE_BLOCKED} if the user wants no invites. That is told only to those
   * who could invite the user otherwise; for all others this completes, since the room refuses
   * them.
   */
  Future<Void> require(String roomId, String sender, String target) {
    return blocked
        .among(List.of(target))
        .compose(
            blocking ->
                blocking.isEmpty()
                    ? Future.succeededFuture()
                    : rights
                        .mayInvite(sender, target, roomId)
                        .map(
                            may -> {
                              if (may) {
                                throw refusal(target);
                              }
                              return null;
                            }));
  }

  /** Fails with {@code M_INVITE_BLOCKED} if one of the users wants no invites. */
  Future<Void> requireAll(Collection<String> targets) {
    return targets.isEmpty()
        ? Future.succeededFuture()
        : blocked
            .among(targets)
            .map(
                blocking -> {
                  if (!blocking.isEmpty()) {
                    throw refusal(blocking.get(0));
                  }
                  return null;
                });
  }

  private static BadRequest refusal(String userId) {
    return new BadRequest(ErrorCode.INVITE_BLOCKED, userId + " does not want to be invited");
  }

  /** Who of some users has blocked invites. */
  @FunctionalInterface
  interface BlockedInvites {
    Future<List<String>> among(Collection<String> userIds);
  }
}
