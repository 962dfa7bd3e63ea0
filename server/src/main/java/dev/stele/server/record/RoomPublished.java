package dev.stele.server.record;

/**
 * A room entered or left the public room directory.
 *
 * @param roomId the room
 * @param listed whether the directory lists it
 */
public record RoomPublished(String roomId, boolean listed) implements Fact {
  @Override
  public String stream() {
    return Fact.roomStream(roomId);
  }
}
