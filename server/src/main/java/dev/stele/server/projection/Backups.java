package dev.stele.server.projection;

import dev.stele.server.record.BackedUpKey;
import io.vertx.core.Future;
import io.vertx.sqlclient.Pool;
import io.vertx.sqlclient.Row;
import io.vertx.sqlclient.Tuple;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Questions about backups of room keys. Answers include everything that was committed when the
 * question was asked. Thread-safe; futures fail only when the database does.
 */
public final class Backups {
  private static final String COLUMNS =
      "SELECT version, algorithm, auth_data, key_count, etag FROM projection.backup";

  private final Questions questions;

  public Backups(Projections projections, BackupProjection projection, Pool pool) {
    this.questions = new Questions(projections, projection, pool);
  }

  /** A backup of a user, deleted or not. */
  public Future<Optional<BackupRow>> backup(String userId, long version) {
    return questions.one(
        COLUMNS + " WHERE user_id = $1 AND version = $2",
        Tuple.of(userId, version),
        Backups::backup);
  }

  /** The newest backup of a user that is not deleted. */
  public Future<Optional<BackupRow>> current(String userId) {
    return questions.one(
        COLUMNS + " WHERE user_id = $1 AND auth_data IS NOT NULL ORDER BY version DESC LIMIT 1",
        Tuple.of(userId),
        Backups::backup);
  }

  /** The newest backup of a user, deleted or not. */
  public Future<Optional<BackupRow>> newest(String userId) {
    return questions.one(
        COLUMNS + " WHERE user_id = $1 ORDER BY version DESC LIMIT 1",
        Tuple.of(userId),
        Backups::backup);
  }

  /** How many backups a user has that are not deleted. */
  public Future<Long> count(String userId) {
    return questions
        .one(
            "SELECT count(*) AS n FROM projection.backup"
                + " WHERE user_id = $1 AND auth_data IS NOT NULL",
            Tuple.of(userId),
            row -> row.getLong("n"))
        .map(Optional::orElseThrow);
  }

  /** What is stored for the sessions of these keys, without the keys themselves. */
  public Future<List<StoredKey>> standing(
      String userId, long version, Collection<BackedUpKey> keys) {
    return questions.all(
        "SELECT k.room_id, k.session_id, k.first_message_index, k.forwarded_count, k.verified,"
            + " '' AS session_data FROM unnest($3::text[], $4::text[]) AS q (room_id, session_id)"
            + " JOIN projection.backup_key k ON k.user_id = $1 AND k.version = $2"
            + " AND k.room_id = q.room_id AND k.session_id = q.session_id",
        Tuple.tuple()
            .addString(userId)
            .addLong(version)
            .addArrayOfString(keys.stream().map(BackedUpKey::roomId).toArray(String[]::new))
            .addArrayOfString(keys.stream().map(BackedUpKey::sessionId).toArray(String[]::new)),
        Backups::key);
  }

  /** The key of a session. */
  public Future<Optional<StoredKey>> key(
      String userId, long version, String roomId, String sessionId) {
    return questions.one(
        keysSql("k.room_id = $3 AND k.session_id = $4", "1"),
        Tuple.of(userId, version, roomId, sessionId),
        Backups::key);
  }

  /**
   * Keys in the order of rooms and sessions.
   *
   * @param roomId the only room, or null for all
   * @param after the key before the first one, or null to begin with the first of all
   * @param limit how many at most
   */
  public Future<List<StoredKey>> keys(
      BackupRef backup, @Nullable String roomId, @Nullable StoredKey after, int limit) {
    String afterRoom = after == null ? "" : after.roomId();
    String afterSession = after == null ? "" : after.sessionId();
    return roomId == null
        ? questions.all(
            keysSql("(k.room_id, k.session_id) > ($3, $4)", "$5"),
            Tuple.of(backup.userId(), backup.version(), afterRoom, afterSession, limit),
            Backups::key)
        : questions.all(
            keysSql("k.room_id = $3 AND k.session_id > $4", "$5"),
            Tuple.of(backup.userId(), backup.version(), roomId, afterSession, limit),
            Backups::key);
  }

  static String keysSql(String condition, String limit) {
    return "SELECT k.room_id, k.session_id, k.first_message_index, k.forwarded_count, k.verified,"
        + " k.session_data FROM projection.backup_key k WHERE k.user_id = $1"
        + " AND k.version = $2 AND "
        + condition
        + " ORDER BY k.room_id, k.session_id LIMIT "
        + limit;
  }

  private static BackupRow backup(Row row) {
    String authData = row.getString("auth_data");
    return new BackupRow(
        row.getLong("version"),
        row.getString("algorithm"),
        authData == null ? null : Questions.json(authData),
        row.getLong("key_count"),
        row.getLong("etag"));
  }

  private static StoredKey key(Row row) {
    return new StoredKey(
        row.getString("room_id"),
        row.getString("session_id"),
        row.getLong("first_message_index"),
        row.getLong("forwarded_count"),
        row.getBoolean("verified"),
        row.getString("session_data"));
  }
}
