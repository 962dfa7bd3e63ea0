package dev.stele.server.record;

import com.fasterxml.jackson.databind.JsonNode;
import dev.stele.eventstore.Claim;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A user began a new backup of their room keys. Client-server API, "Server-side key backups".
 *
 * @param userId the user
 * @param version counts the user's backups from 1 on
 * @param algorithm how the keys in it are encrypted
 * @param authData what clients need for that
 */
public record BackupCreated(
    String userId, long version, String algorithm, @Erasable @Nullable JsonNode authData)
    implements Fact {
  @Override
  public String stream() {
    return Fact.userStream(userId);
  }

  @Override
  public List<Claim> claims() {
    return List.of(Claims.backup(userId, version));
  }
}
