package dev.stele.server.projection;

/**
 * One piece of state of a room, over a stretch of the log.
 *
 * @param span the room and the stretch
 * @param type the event type
 * @param stateKey the state key
 */
public record StatePiece(RoomSpan span, String type, String stateKey) {
  /** Somebody's membership. */
  public static StatePiece member(RoomSpan span, String userId) {
    return new StatePiece(span, "m.room.member", userId);
  }
}
