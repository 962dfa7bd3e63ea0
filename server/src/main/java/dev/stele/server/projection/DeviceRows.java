package dev.stele.server.projection;

import dev.stele.server.record.DeviceOpened;
import dev.stele.server.record.DeviceRenamed;
import dev.stele.server.record.DeviceSeen;
import dev.stele.server.record.DevicesClosed;
import dev.stele.server.record.TokensRefreshed;
import dev.stele.server.record.TokensTaken;
import io.vertx.core.Future;
import io.vertx.sqlclient.SqlConnection;
import io.vertx.sqlclient.Tuple;

/** What a batch does to the device rows. */
final class DeviceRows {
  private static final String OPEN =
      "INSERT INTO projection.device AS d"
          + " (user_id, device_id, token_hash, display_name, expires_at, refresh_hash)"
          + " VALUES ($1, $2, $3, $4, $5, $6) ON CONFLICT (user_id, device_id) DO UPDATE"
          + " SET token_hash = excluded.token_hash, expires_at = excluded.expires_at,"
          + " refresh_hash = excluded.refresh_hash,"
          + " display_name = coalesce(excluded.display_name, d.display_name),"
          + " next_token_hash = NULL, next_expires_at = NULL, next_refresh_hash = NULL,"
          + " spent_hash = NULL";

  private static final String CLOSE =
      "DELETE FROM projection.device WHERE user_id = $1 AND device_id = $2";

  private static final String RENAME =
      "UPDATE projection.device SET display_name = $3 WHERE user_id = $1 AND device_id = $2";

  private static final String SEE =
      "UPDATE projection.device SET last_seen_ip = $3, last_seen_ts = $4"
          + " WHERE user_id = $1 AND device_id = $2";

  /** The next tokens become the current ones. */
  private static final String TAKE =
      "UPDATE projection.device SET token_hash = next_token_hash, expires_at = next_expires_at,"
          + " spent_hash = refresh_hash, refresh_hash = next_refresh_hash,"
          + " next_token_hash = NULL, next_expires_at = NULL, next_refresh_hash = NULL"
          + " WHERE user_id = $1 AND device_id = $2";

  private static final String TAKE_BY_TOKEN = TAKE + " AND next_token_hash = $3";
  private static final String TAKE_BY_REFRESH = TAKE + " AND next_refresh_hash = $3";

  private static final String REFRESH =
      "UPDATE projection.device"
          + " SET next_token_hash = $4, next_expires_at = $5, next_refresh_hash = $6"
          + " WHERE user_id = $1 AND device_id = $2 AND refresh_hash = $3";

  private final Steps steps = new Steps();

  void open(DeviceOpened opened) {
    steps.add(
        OPEN,
        Tuple.of(
            opened.userId(),
            opened.deviceId(),
            opened.tokenHash(),
            opened.displayName(),
            opened.expiresAt(),
            opened.refreshHash()));
  }

  void close(DevicesClosed closed) {
    closed.deviceIds().forEach(id -> steps.add(CLOSE, Tuple.of(closed.userId(), id)));
  }

  void rename(DeviceRenamed renamed) {
    steps.add(RENAME, Tuple.of(renamed.userId(), renamed.deviceId(), renamed.displayName()));
  }

  void see(DeviceSeen seen) {
    steps.add(SEE, Tuple.of(seen.userId(), seen.deviceId(), seen.ip(), seen.ts()));
  }

  void take(TokensTaken taken) {
    steps.add(TAKE_BY_TOKEN, Tuple.of(taken.userId(), taken.deviceId(), taken.tokenHash()));
  }

  void refresh(TokensRefreshed refreshed) {
    steps.add(
        TAKE_BY_REFRESH, Tuple.of(refreshed.userId(), refreshed.deviceId(), refreshed.usedHash()));
    steps.add(
        REFRESH,
        Tuple.of(
            refreshed.userId(),
            refreshed.deviceId(),
            refreshed.usedHash(),
            refreshed.tokenHash(),
            refreshed.expiresAt(),
            refreshed.refreshHash()));
  }

  Future<Void> write(SqlConnection transaction) {
    return steps.execute(transaction);
  }
}
