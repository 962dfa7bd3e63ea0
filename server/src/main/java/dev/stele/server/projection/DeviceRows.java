package dev.stele.server.projection;

import dev.stele.server.record.DeviceOpened;
import dev.stele.server.record.DevicesClosed;
import io.vertx.core.Future;
import io.vertx.sqlclient.SqlConnection;
import io.vertx.sqlclient.Tuple;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The device rows of one batch. Whatever happened to a device in it, only the end is written. */
final class DeviceRows {
  private final Map<Key, Change> changes = new LinkedHashMap<>();

  void open(DeviceOpened opened) {
    change(opened.userId(), opened.deviceId()).open(opened);
  }

  void close(DevicesClosed closed) {
    closed.deviceIds().forEach(deviceId -> change(closed.userId(), deviceId).close());
  }

  Future<Void> write(SqlConnection transaction) {
    List<Tuple> gone = new ArrayList<>();
    List<Tuple> open = new ArrayList<>();
    changes.forEach(
        (key, change) -> {
          if (change.closed) {
            gone.add(Tuple.of(key.userId, key.deviceId));
          }
          if (change.tokenHash != null) {
            open.add(Tuple.of(key.userId, key.deviceId, change.tokenHash, change.displayName));
          }
        });
    return Batch.execute(
            transaction,
            "DELETE FROM projection.device WHERE user_id = $1 AND device_id = $2",
            gone)
        .compose(
            deleted ->
                Batch.execute(
                    transaction,
                    "INSERT INTO projection.device AS d"
                        + " (user_id, device_id, token_hash, display_name)"
                        + " VALUES ($1, $2, $3, $4) ON CONFLICT (user_id, device_id) DO UPDATE"
                        + " SET token_hash = excluded.token_hash,"
                        + " display_name = coalesce(excluded.display_name, d.display_name)",
                    open));
  }

  private Change change(String userId, String deviceId) {
    return changes.computeIfAbsent(new Key(userId, deviceId), key -> new Change());
  }

  private record Key(String userId, String deviceId) {}

  /** What a batch does to one device: whether it was closed, and how it was opened since. */
  private static final class Change {
    private boolean closed;
    private @Nullable String tokenHash;
    private @Nullable String displayName;

    void open(DeviceOpened opened) {
      tokenHash = opened.tokenHash();
      displayName = opened.displayName() == null ? displayName : opened.displayName();
    }

    void close() {
      closed = true;
      tokenHash = null;
      displayName = null;
    }
  }
}
