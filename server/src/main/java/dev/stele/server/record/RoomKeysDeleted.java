package dev.stele.server.record;

import org.jspecify.annotations.Nullable;

/**
 * A user deleted keys from a backup.
 *
 * @param userId the user
 * @param version the backup
 * @param roomId the room whose keys are gone, or null for those of all rooms
 * @param sessionId the session of the room, or null for all of them
 */
public record RoomKeysDeleted(
    String userId, long version, @Nullable String roomId, @Nullable String sessionId)
    implements Fact {
  @Override
  public String stream() {
    return Fact.userStream(userId);
  }
}
