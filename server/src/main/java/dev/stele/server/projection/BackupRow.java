package dev.stele.server.projection;

import com.fasterxml.jackson.databind.JsonNode;
import org.jspecify.annotations.Nullable;

/**
 * A backup of room keys.
 *
 * @param version its number among the user's backups
 * @param algorithm how the keys in it are encrypted
 * @param authData what clients need for that; null once it is deleted
 * @param count how many keys are in it
 * @param etag changes whenever its keys do
 */
public record BackupRow(
    long version, String algorithm, @Nullable JsonNode authData, long count, long etag) {
  /** Whether it was deleted. */
  public boolean isDeleted() {
    return authData == null;
  }
}
