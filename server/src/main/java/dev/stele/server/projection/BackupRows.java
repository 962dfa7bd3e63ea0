package dev.stele.server.projection;

import com.fasterxml.jackson.databind.JsonNode;
import dev.stele.server.record.BackedUpKey;
import dev.stele.server.record.BackupCreated;
import dev.stele.server.record.BackupDeleted;
import dev.stele.server.record.BackupUpdated;
import dev.stele.server.record.RoomKeysDeleted;
import dev.stele.server.record.RoomKeysStored;
import io.vertx.core.Future;
import io.vertx.sqlclient.SqlConnection;
import io.vertx.sqlclient.Tuple;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What a batch does to backups and the keys in them. */
final class BackupRows {
  private static final String CREATE =
      "INSERT INTO projection.backup (user_id, version, algorithm, auth_data, key_count, etag)"
          + " VALUES ($1, $2, $3, $4, 0, $5)";

  private static final String UPDATE =
      "UPDATE projection.backup SET auth_data = $3"
          + " WHERE user_id = $1 AND version = $2 AND auth_data IS NOT NULL";

  private static final String DELETE =
      "UPDATE projection.backup SET auth_data = NULL, key_count = 0, etag = 0"
          + " WHERE user_id = $1 AND version = $2";

  private static final String EMPTY =
      "UPDATE projection.backup SET key_count = 0, etag = $3"
          + " WHERE user_id = $1 AND version = $2 AND auth_data IS NOT NULL";

  private static final String NOTE =
      "INSERT INTO projection.backup_record (user_id, version, position, keys)"
          + " VALUES ($1, $2, $3, $4)";

  private static final String FORGET =
      "DELETE FROM projection.backup_record WHERE user_id = $1 AND version = $2"
          + " AND position <= $3 AND keys >= $4 RETURNING position";

  private static final String DROP_KEYS =
      "DELETE FROM projection.backup_key WHERE user_id = $1 AND version = $2";

  /**
   * Stores the keys that are new or better than those that are there. {@code xmax} of a row tells
   * whether it was there before.
   */
  static final String STORE =
      "WITH stored AS (INSERT INTO projection.backup_key AS k (user_id, version, room_id,"
          + " session_id, first_message_index, forwarded_count, verified, session_data)"
          + " SELECT $1, $2, n.room_id, n.session_id, n.index_, n.count_, n.verified, n.data"
          + " FROM unnest($4::text[], $5::text[], $6::bigint[], $7::bigint[], $8::boolean[],"
          + " $9::text[]) AS n (room_id, session_id, index_, count_, verified, data)"
          + " WHERE EXISTS (SELECT FROM projection.backup b WHERE b.user_id = $1"
          + " AND b.version = $2 AND b.auth_data IS NOT NULL)"
          + " ON CONFLICT (user_id, version, room_id, session_id) DO UPDATE"
          + " SET first_message_index = excluded.first_message_index,"
          + " forwarded_count = excluded.forwarded_count, verified = excluded.verified,"
          + " session_data = excluded.session_data"
          + " WHERE (NOT excluded.verified, excluded.first_message_index,"
          + " excluded.forwarded_count)"
          + " < (NOT k.verified, k.first_message_index, k.forwarded_count)"
          + " RETURNING k.xmax = 0 AS is_new)"
          + " UPDATE projection.backup b SET etag = $3,"
          + " key_count = b.key_count + (SELECT count(*) FROM stored WHERE is_new)"
          + " WHERE b.user_id = $1 AND b.version = $2 AND EXISTS (SELECT FROM stored)";

  private static final String DELETE_KEYS =
      "WITH gone AS (DELETE FROM projection.backup_key k WHERE k.user_id = $1 AND k.version = $2"
          + " AND k.room_id = $4 AND ($5::text IS NULL OR k.session_id = $5)"
          + " RETURNING 1)"
          + " UPDATE projection.backup b SET etag = $3,"
          + " key_count = b.key_count - (SELECT count(*) FROM gone)"
          + " WHERE b.user_id = $1 AND b.version = $2 AND EXISTS (SELECT FROM gone)";

  private final Steps steps = new Steps();
  private final List<Tuple> forgotten = new ArrayList<>();

  void create(BackupCreated created, long position) {
    steps.add(
        CREATE,
        Tuple.of(
            created.userId(),
            created.version(),
            created.algorithm(),
            text(created.authData()),
            position));
    note(created.userId(), created.version(), position, false);
  }

  void update(BackupUpdated updated, long position) {
    note(updated.userId(), updated.version(), position, false);
    steps.add(UPDATE, Tuple.of(updated.userId(), updated.version(), text(updated.authData())));
  }

  void delete(BackupDeleted deleted, long position) {
    forgotten.add(Tuple.of(deleted.userId(), deleted.version(), position, false));
    Tuple backup = Tuple.of(deleted.userId(), deleted.version());
    steps.add(DELETE, backup);
    steps.add(DROP_KEYS, backup);
  }

  void store(RoomKeysStored stored, long position) {
    note(stored.userId(), stored.version(), position, true);
    List<BackedUpKey> keys = stored.keys();
    if (keys == null) {
      return;
    }
    steps.add(
        STORE,
        Tuple.tuple()
            .addString(stored.userId())
            .addLong(stored.version())
            .addLong(position)
            .addArrayOfString(keys.stream().map(BackedUpKey::roomId).toArray(String[]::new))
            .addArrayOfString(keys.stream().map(BackedUpKey::sessionId).toArray(String[]::new))
            .addArrayOfLong(keys.stream().map(BackedUpKey::firstMessageIndex).toArray(Long[]::new))
            .addArrayOfLong(keys.stream().map(BackedUpKey::forwardedCount).toArray(Long[]::new))
            .addArrayOfBoolean(keys.stream().map(BackedUpKey::verified).toArray(Boolean[]::new))
            .addArrayOfString(
                keys.stream().map(key -> key.sessionData().toString()).toArray(String[]::new)));
  }

  void delete(RoomKeysDeleted deleted, long position) {
    if (deleted.roomId() == null) {
      forgotten.add(Tuple.of(deleted.userId(), deleted.version(), position, true));
      steps.add(EMPTY, Tuple.of(deleted.userId(), deleted.version(), position));
      steps.add(DROP_KEYS, Tuple.of(deleted.userId(), deleted.version()));
      return;
    }
    steps.add(
        DELETE_KEYS,
        Tuple.of(
            deleted.userId(), deleted.version(), position, deleted.roomId(), deleted.sessionId()));
  }

  private void note(String userId, long version, long position, boolean keys) {
    steps.add(NOTE, Tuple.of(userId, version, position, keys));
  }

  /**
   * Writes it.
   *
   * @return the positions of records whose content nobody can ask for any more
   */
  Future<List<Long>> write(SqlConnection transaction) {
    Future<List<Long>> positions = steps.execute(transaction).map(done -> new ArrayList<>());
    for (Tuple what : forgotten) {
      positions = positions.compose(found -> forget(transaction, what, found));
    }
    return positions;
  }

  private static Future<List<Long>> forget(
      SqlConnection transaction, Tuple what, List<Long> found) {
    return transaction
        .preparedQuery(FORGET)
        .execute(what)
        .map(
            rows -> {
              rows.forEach(row -> found.add(row.getLong("position")));
              return found;
            });
  }

  private static @Nullable String text(@Nullable JsonNode json) {
    return json == null ? null : json.toString();
  }
}
