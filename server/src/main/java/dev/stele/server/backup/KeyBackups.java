package dev.stele.server.backup;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.stele.api.ErrorCode;
import dev.stele.api.Limits;
import dev.stele.api.MatrixError;
import dev.stele.eventstore.Appended;
import dev.stele.server.account.UserQueues;
import dev.stele.server.projection.BackupRow;
import dev.stele.server.projection.Backups;
import dev.stele.server.record.BackedUpKey;
import dev.stele.server.record.BackupCreated;
import dev.stele.server.record.BackupDeleted;
import dev.stele.server.record.BackupUpdated;
import dev.stele.server.record.Fact;
import dev.stele.server.record.RecordLog;
import dev.stele.server.record.RoomKeysDeleted;
import dev.stele.server.record.RoomKeysStored;
import io.vertx.core.Future;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * Makes and changes backups of room keys. Thread-safe; a user's backups change one at a time. What
 * would change nothing is not written.
 */
public final class KeyBackups {
  private final RecordLog log;
  private final Backups backups;
  private final UserQueues queues;

  public KeyBackups(RecordLog log, Backups backups, UserQueues queues) {
    this.log = log;
    this.backups = backups;
    this.queues = queues;
  }

  /** Begins a new backup, which is the current one from then on. */
  public Future<Outcome> create(String userId, String algorithm, ObjectNode authData) {
    return queues.submit(
        userId,
        () ->
            backups
                .count(userId)
                .compose(
                    count ->
                        count >= Limits.MAX_BACKUPS
                            ? refused(full("Too many backups; delete old ones first"))
                            : createNext(userId, algorithm, authData)));
  }

  private Future<Outcome> createNext(String userId, String algorithm, ObjectNode authData) {
    return backups
        .newest(userId)
        .map(newest -> newest.map(BackupRow::version).orElse(0L) + 1)
        .compose(
            version ->
                append(userId, version, new BackupCreated(userId, version, algorithm, authData)));
  }

  /** Changes what clients need to know of a backup, which must be of this algorithm. */
  public Future<Outcome> update(
      String userId, long version, String algorithm, ObjectNode authData) {
    return withBackup(
        userId,
        version,
        backup ->
            backup.algorithm().equals(algorithm)
                ? append(userId, version, new BackupUpdated(userId, version, authData))
                : refused(
                    MatrixError.of(ErrorCode.INVALID_PARAM, "The backup is of another algorithm")));
  }

  /** Deletes a backup with all its keys; one that is deleted already stays so. */
  public Future<Outcome> delete(String userId, long version) {
    return queues.submit(
        userId,
        () ->
            backups
                .backup(userId, version)
                .compose(
                    found -> {
                      if (found.isEmpty()) {
                        return refused(unknown());
                      }
                      return found.get().isDeleted()
                          ? done(found.get())
                          : append(userId, version, new BackupDeleted(userId, version));
                    }));
  }

  /** Stores keys in a backup, which must be the current one. */
  public Future<Outcome> store(String userId, long version, List<BackedUpKey> keys) {
    return queues.submit(
        userId,
        () ->
            backups
                .current(userId)
                .compose(
                    current -> {
                      if (current.isEmpty()) {
                        return refused(unknown());
                      }
                      return current.get().version() == version
                          ? storeIn(current.get(), userId, keys)
                          : refused(wrongVersion(current.get().version()));
                    }));
  }

  private Future<Outcome> storeIn(BackupRow backup, String userId, List<BackedUpKey> keys) {
    return backups
        .standing(userId, backup.version(), keys)
        .compose(
            standing -> {
              BetterKeys better = BetterKeys.of(keys, standing);
              if (better.keys().isEmpty()) {
                return done(backup);
              }
              return backup.count() + better.added() > Limits.MAX_BACKUP_KEYS
                  ? refused(full("The backup is full"))
                  : append(
                      userId,
                      backup.version(),
                      new RoomKeysStored(userId, backup.version(), better.keys()));
            });
  }

  /**
   * Deletes keys from a backup.
   *
   * @param roomId the room, or null for all rooms
   * @param sessionId the session of the room, or null for all of them
   */
  public Future<Outcome> deleteKeys(
      String userId, long version, @Nullable String roomId, @Nullable String sessionId) {
    return withBackup(
        userId,
        version,
        backup ->
            backup.count() == 0
                ? done(backup)
                : append(userId, version, new RoomKeysDeleted(userId, version, roomId, sessionId)));
  }

  private Future<Outcome> withBackup(
      String userId, long version, Function<BackupRow, Future<Outcome>> change) {
    return queues.submit(
        userId,
        () ->
            backups
                .backup(userId, version)
                .map(found -> found.filter(backup -> !backup.isDeleted()))
                .compose(
                    found -> found.isEmpty() ? refused(unknown()) : change.apply(found.get())));
  }

  private Future<Outcome> append(String userId, long version, Fact fact) {
    return log.append(List.of(fact))
        .compose(
            appended ->
                appended instanceof Appended.Committed
                    ? backups
                        .backup(userId, version)
                        .map(Optional::orElseThrow)
                        .compose(KeyBackups::done)
                    : refused(
                        MatrixError.of(ErrorCode.LIMIT_EXCEEDED, "Another backup was just made")));
  }

  private static Future<Outcome> done(BackupRow backup) {
    return Future.succeededFuture(new Outcome.Done(backup));
  }

  private static Future<Outcome> refused(MatrixError error) {
    return Future.succeededFuture(new Outcome.Refused(error));
  }

  /** The refusal of a backup that there is not. */
  public static MatrixError unknown() {
    return MatrixError.of(ErrorCode.NOT_FOUND, "Unknown backup version");
  }

  private static MatrixError wrongVersion(long current) {
    return MatrixError.of(ErrorCode.WRONG_ROOM_KEYS_VERSION, "Wrong backup version")
        .withField("current_version", Long.toString(current));
  }

  private static MatrixError full(String message) {
    return MatrixError.of(ErrorCode.RESOURCE_LIMIT_EXCEEDED, message);
  }
}
