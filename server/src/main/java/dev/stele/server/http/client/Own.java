package dev.stele.server.http.client;

import dev.stele.api.ErrorCode;
import dev.stele.server.http.BadRequest;
import dev.stele.server.http.Exchange;
import dev.stele.stateres.id.RoomId;

/** What a path may name. */
final class Own {
  private Own() {}

  /** The user of the path, who must be the one who asks. */
  static String userId(Exchange exchange) {
    String userId = exchange.path("userId");
    if (!userId.equals(exchange.requester().userId())) {
      throw new BadRequest(ErrorCode.FORBIDDEN, "This belongs to another user");
    }
    return userId;
  }

  /** The room of the path, which need not exist. */
  static String roomId(Exchange exchange) {
    String roomId = exchange.path("roomId");
    if (RoomId.parse(roomId).isEmpty()) {
      throw new BadRequest(ErrorCode.INVALID_PARAM, "Not a room id: " + roomId);
    }
    return roomId;
  }
}
