package dev.stele.server.record;

/**
 * A user deleted a backup with all its keys.
 *
 * @param userId the user
 * @param version the backup
 */
public record BackupDeleted(String userId, long version) implements Fact {
  @Override
  public String stream() {
    return Fact.userStream(userId);
  }
}
