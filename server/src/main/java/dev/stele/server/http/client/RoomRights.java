package dev.stele.server.http.client;

import dev.stele.api.ErrorCode;
import dev.stele.server.http.BadRequest;
import dev.stele.server.http.Requester;
import dev.stele.server.projection.MembershipRow;
import dev.stele.server.projection.Rooms;
import dev.stele.server.room.RoomPowers;
import dev.stele.stateres.auth.PowerLevels;
import io.vertx.core.Future;
import java.util.Optional;

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

  /** Whether a user may invite another one, as far as the room is concerned. */
  Future<Boolean> mayInvite(String sender, String target, String roomId) {
    return Future.all(
            rooms.membership(sender, roomId), rooms.membership(target, roomId), powers.of(roomId))
        .map(
            all -> {
              Optional<PowerLevels> levels = all.resultAt(2);
              String invitee = membership(all.resultAt(1));
              return membership(all.resultAt(0)).equals("join")
                  && !invitee.equals("join")
                  && !invitee.equals("ban")
                  && levels.isPresent()
                  && levels.get().mayInvite(sender);
            });
  }

  private static String membership(Optional<MembershipRow> row) {
    return row.map(MembershipRow::membership).orElse("leave");
  }

  /**
   * Completes if the user is in the room and may invite, and fails with {@code M_FORBIDDEN} if not.
   */
  Future<Void> requireInvite(String userId, String roomId) {
    return requireJoined(userId, roomId)
        .compose(joined -> powers.of(roomId))
        .map(
            levels -> {
              if (levels.isEmpty() || !levels.get().mayInvite(userId)) {
                throw forbidden("You may not invite users to the room " + roomId);
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
        : requireState(requester.userId(), roomId, type);
  }

  /**
   * Completes if the user is in the room with the power to send state of this type; fails with
   * {@code M_FORBIDDEN} if not.
   */
  Future<Void> requireState(String userId, String roomId, String type) {
    return requireJoined(userId, roomId)
        .compose(joined -> powers.of(roomId))
        .map(
            levels -> {
              if (levels.isEmpty() || !levels.get().maySend(userId, type, true)) {
                throw forbidden("You do not have the power for this in the room " + roomId);
              }
              return null;
            });
  }

  private static BadRequest forbidden(String message) {
    return new BadRequest(ErrorCode.FORBIDDEN, message);
  }
}
