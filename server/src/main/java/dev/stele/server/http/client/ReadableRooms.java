package dev.stele.server.http.client;

import dev.stele.api.ErrorCode;
import dev.stele.server.event.Viewer;
import dev.stele.server.history.VisibleHistory;
import dev.stele.server.http.BadRequest;
import dev.stele.server.http.Requester;

/** Who may read rooms at all. */
final class ReadableRooms {
  private ReadableRooms() {}

  /**
   * The position as of which the user reads the room's state.
   *
   * @throws BadRequest {@code M_FORBIDDEN} if they are not in the room and never were
   */
  static long stateReadableAt(VisibleHistory history, String roomId) {
    return history.stateReadableAt().orElseThrow(() -> forbidden(roomId));
  }

  /** What whoever is not in a room and never was is told. */
  static BadRequest forbidden(String roomId) {
    return new BadRequest(
        ErrorCode.FORBIDDEN, "You are not in the room " + roomId + " and never were");
  }

  /**
   * The position as of which the user reads the room's state when they ask about a certain one.
   *
   * @param at the position asked about
   * @throws BadRequest {@code M_FORBIDDEN} if they may not know what the room was like then
   */
  static long stateReadableAt(VisibleHistory history, String roomId, long at) {
    long readable = Math.min(at, stateReadableAt(history, roomId));
    if (!history.readsStateAt(readable)) {
      throw new BadRequest(
          ErrorCode.FORBIDDEN, "You may not see what the room " + roomId + " was like then");
    }
    return readable;
  }

  /**
   * Checks that the user may read something of the room at all.
   *
   * @throws BadRequest {@code M_FORBIDDEN} if they are not in the room and never were
   */
  static void requireReadable(VisibleHistory history, String roomId) {
    long unused = stateReadableAt(history, roomId);
  }

  /** Whom events are shown to. */
  static Viewer viewer(Requester requester) {
    return new Viewer(requester.userId(), requester.deviceId());
  }
}
