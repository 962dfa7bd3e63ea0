package dev.stele.server.record;

import org.jspecify.annotations.Nullable;

/**
 * A user reported a room to whoever runs this server.
 *
 * @param reporter the user
 * @param roomId the room
 * @param reason why, in the reporter's words; may be empty
 */
public record RoomReported(String reporter, String roomId, @Erasable @Nullable String reason)
    implements Fact {
  @Override
  public String stream() {
    return Fact.userStream(reporter);
  }
}
