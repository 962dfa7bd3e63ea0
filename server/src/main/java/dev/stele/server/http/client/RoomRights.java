package dev.stele.server.http.client;

import dev.stele.api.ErrorCode;
import dev.stele.server.http.BadRequest;
import dev.stele.server.http.Requester;
import dev.stele.server.projection.Rooms;
import dev.stele.server.room.RoomPowers;
import io.vertx.core.Future;

/** What somebody may do about a room that is no event of it. Thread-safe. */
public final class RoomRights {
  private final Rooms rooms;
  private final RoomPowers powers;

  public RoomRights(Rooms rooms, RoomPowers powers) {
    this.rooms = rooms;
    this.powers = powers;
  }

  /** Completes if the user is in the room, and fails with {@code M_FORBIDDEN} if not. */
  Future<Void> requireJoined(String userId, String roomId) {
    return rooms
        .membership(userId, roomId)
        .map(
            row -> {
              if (row.isEmpty() || !row.get().membership().equals("join")) {
                throw forbidden("You are not in the room " + roomId);
              }
              return null;
            });
  }

  /**
   * Completes if the requester is in the room with the power to send state of this type, or
   * administers the server; fails with {@code M_FORBIDDEN} if not.
   */
  Future<Void> requireState(Requester requester, String roomId, String type) {
    return requester.admin()
        ? Future.succeededFuture()
        : requireJoined(requester.userId(), roomId)
            .compose(joined -> powers.of(roomId))
            .map(
                levels -> {
                  if (levels.isEmpty() || !levels.get().maySend(requester.userId(), type, true)) {
                    throw forbidden("You do not have the power for this in the room " + roomId);
                  }
                  return null;
                });
  }

  private static BadRequest forbidden(String message) {
    return new BadRequest(ErrorCode.FORBIDDEN, message);
  }
}
