package dev.stele.server.record;

/**
 * A user who had left a room forgot it.
 *
 * @param userId the user
 * @param roomId the room
 */
public record RoomForgotten(String userId, String roomId) implements Fact {
  @Override
  public String stream() {
    return Fact.userStream(userId);
  }
}
