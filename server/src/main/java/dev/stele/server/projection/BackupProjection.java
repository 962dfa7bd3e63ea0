package dev.stele.server.projection;

import dev.stele.server.record.BackupCreated;
import dev.stele.server.record.BackupDeleted;
import dev.stele.server.record.BackupUpdated;
import dev.stele.server.record.Entry;
import dev.stele.server.record.Fact;
import dev.stele.server.record.RecordLog;
import dev.stele.server.record.RoomKeysDeleted;
import dev.stele.server.record.RoomKeysStored;
import io.vertx.core.Future;
import io.vertx.sqlclient.SqlConnection;
import java.util.List;

/**
 * Backups of room keys.
 *
 * <p>What a user has deleted is erased from the log as well: all of a backup, or all keys in it.
 * This may be repeated without harm, and a rebuild after it gives the same rows.
 */
public final class BackupProjection implements Projection {
  private static final int VERSION = 2;

  /** How many records are erased at a time. */
  private static final int ERASED_AT_ONCE = 1_000;

  private final RecordLog log;

  public BackupProjection(RecordLog log) {
    this.log = log;
  }

  @Override
  public String name() {
    return "backup";
  }

  @Override
  public int version() {
    return VERSION;
  }

  @Override
  public List<String> tables() {
    return List.of("backup", "backup_key", "backup_record");
  }

  @Override
  public boolean folds(Fact fact) {
    return fact instanceof BackupCreated
        || fact instanceof BackupUpdated
        || fact instanceof BackupDeleted
        || fact instanceof RoomKeysStored
        || fact instanceof RoomKeysDeleted;
  }

  @Override
  public Future<Void> fold(SqlConnection transaction, List<Entry> entries) {
    BackupRows rows = new BackupRows();
    for (Entry entry : entries) {
      Fact fact = entry.fact();
      if (fact instanceof BackupCreated created) {
        rows.create(created, entry.position());
      } else if (fact instanceof BackupUpdated updated) {
        rows.update(updated, entry.position());
      } else if (fact instanceof BackupDeleted deleted) {
        rows.delete(deleted, entry.position());
      } else if (fact instanceof RoomKeysStored stored) {
        rows.store(stored, entry.position());
      } else if (fact instanceof RoomKeysDeleted deleted) {
        rows.delete(deleted, entry.position());
      }
    }
    return rows.write(transaction).compose(this::erase);
  }

  private Future<Void> erase(List<Long> positions) {
    Future<Void> erased = Future.succeededFuture();
    for (int from = 0; from < positions.size(); from += ERASED_AT_ONCE) {
      List<Long> some = positions.subList(from, Math.min(from + ERASED_AT_ONCE, positions.size()));
      erased = erased.compose(before -> log.erase(some).mapEmpty());
    }
    return erased;
  }
}
