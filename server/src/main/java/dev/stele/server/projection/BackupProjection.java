package dev.stele.server.projection;

import dev.stele.server.record.BackupCreated;
import dev.stele.server.record.BackupDeleted;
import dev.stele.server.record.BackupUpdated;
import dev.stele.server.record.Entry;
import dev.stele.server.record.Fact;
import dev.stele.server.record.RoomKeysDeleted;
import dev.stele.server.record.RoomKeysStored;
import io.vertx.core.Future;
import io.vertx.sqlclient.SqlConnection;
import java.util.List;

/** Backups of room keys. */
public final class BackupProjection implements Projection {
  private static final int VERSION = 1;

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
    return List.of("backup", "backup_key");
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
        rows.update(updated);
      } else if (fact instanceof BackupDeleted deleted) {
        rows.delete(deleted);
      } else if (fact instanceof RoomKeysStored stored) {
        rows.store(stored, entry.position());
      } else if (fact instanceof RoomKeysDeleted deleted) {
        rows.delete(deleted, entry.position());
      }
    }
    return rows.write(transaction);
  }
}
