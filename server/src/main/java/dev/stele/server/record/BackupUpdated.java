package dev.stele.server.record;

import com.fasterxml.jackson.databind.JsonNode;
import org.jspecify.annotations.Nullable;

/**
 * A user changed what clients need to know of a backup.
 *
 * @param userId the user
 * @param version the backup
 * @param authData takes the place of what there was
 */
public record BackupUpdated(String userId, long version, @Erasable @Nullable JsonNode authData)
    implements Fact {
  @Override
  public String stream() {
    return Fact.userStream(userId);
  }
}
