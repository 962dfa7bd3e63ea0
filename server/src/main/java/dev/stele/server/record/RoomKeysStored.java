package dev.stele.server.record;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A user stored keys in a backup. Of a key that is there already the better one stays: the verified
 * one, then the one that decrypts more, then the one that was passed on less.
 *
 * @param userId the user
 * @param version the backup
 * @param keys at least one, and one for each session of a room
 */
public record RoomKeysStored(
    String userId, long version, @Erasable @Nullable List<BackedUpKey> keys) implements Fact {
  @Override
  public String stream() {
    return Fact.userStream(userId);
  }
}
