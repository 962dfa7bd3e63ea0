package dev.stele.server.projection;

import com.fasterxml.jackson.databind.JsonNode;
import dev.stele.server.record.DeviceKeysUploaded;
import dev.stele.server.record.DevicesClosed;
import dev.stele.server.record.FallbackKeysUploaded;
import dev.stele.server.record.KeysClaimed;
import dev.stele.server.record.KeysClaimed.ClaimedKey;
import dev.stele.server.record.OneTimeKeysUploaded;
import io.vertx.sqlclient.Tuple;
import java.util.List;
import java.util.function.BiConsumer;
import org.jspecify.annotations.Nullable;

/** What facts do to the keys of devices. */
final class DeviceKeyRows {
  private static final String UPLOAD_DEVICE_KEYS =
      "INSERT INTO projection.device_key (user_id, device_id, keys) VALUES ($1, $2, $3)"
          + " ON CONFLICT (user_id, device_id) DO UPDATE SET keys = excluded.keys";

  /** What signed other keys than these is void. */
  private static final String DROP_SIGNATURES =
      "DELETE FROM projection.key_signature"
          + " WHERE user_id = $1 AND signer_id = $1 AND key_id = $2";

  private static final String UPLOAD_ONE_TIME_KEY =
      "INSERT INTO projection.one_time_key"
          + " (user_id, device_id, key_id, algorithm, position, key, digest)"
          + " VALUES ($1, $2, $3, $4, $5, $6, $7)"
          + " ON CONFLICT (user_id, device_id, key_id) DO NOTHING";
  private static final String UPLOAD_FALLBACK_KEY =
      "INSERT INTO projection.fallback_key (user_id, device_id, key_id, algorithm, position, key)"
          + " VALUES ($1, $2, $3, $4, $5, $6)"
          + " ON CONFLICT (user_id, device_id, algorithm) DO UPDATE SET key_id = excluded.key_id,"
          + " position = excluded.position, key = excluded.key, used = false";
  private static final String CLAIMED =
      " USING unnest($2::text[], $3::text[], $4::bigint[]) AS c (device_id, key_id, position)"
          + " WHERE k.user_id = $1 AND k.device_id = c.device_id AND k.key_id = c.key_id"
          + " AND k.position = c.position";
  private static final String CLAIM_ONE_TIME_KEYS =
      "DELETE FROM projection.one_time_key k" + CLAIMED;
  private static final String CLAIM_FALLBACK_KEYS =
      "UPDATE projection.fallback_key k SET used = true FROM "
          + CLAIMED.substring(" USING ".length());
  private static final List<String> CLOSE =
      List.of("device_key", "one_time_key", "fallback_key").stream()
          .map(
              table ->
                  "DELETE FROM projection." + table + " WHERE user_id = $1 AND device_id = ANY($2)")
          .toList();

  private DeviceKeyRows() {}

  static void upload(OrderedStatements statements, DeviceKeysUploaded uploaded) {
    JsonNode keys = uploaded.keys();
    if (keys != null) {
      statements.add(
          UPLOAD_DEVICE_KEYS, Tuple.of(uploaded.userId(), uploaded.deviceId(), keys.toString()));
      statements.add(DROP_SIGNATURES, Tuple.of(uploaded.userId(), uploaded.deviceId()));
    }
  }

  static void upload(OrderedStatements statements, OneTimeKeysUploaded uploaded, long position) {
    each(
        uploaded.keys(),
        (id, key) ->
            statements.add(
                UPLOAD_ONE_TIME_KEY,
                row(uploaded.userId(), uploaded.deviceId(), position, id, key)
                    .addString(KeyIds.digest(key))));
  }

  static void upload(OrderedStatements statements, FallbackKeysUploaded uploaded, long position) {
    each(
        uploaded.keys(),
        (id, key) ->
            statements.add(
                UPLOAD_FALLBACK_KEY,
                row(uploaded.userId(), uploaded.deviceId(), position, id, key)));
  }

  private static void each(@Nullable JsonNode keys, BiConsumer<String, JsonNode> consumer) {
    if (keys != null) {
      keys.properties().forEach(key -> consumer.accept(key.getKey(), key.getValue()));
    }
  }

  private static Tuple row(
      String userId, String deviceId, long position, String keyId, JsonNode key) {
    return Tuple.tuple()
        .addString(userId)
        .addString(deviceId)
        .addString(keyId)
        .addString(KeyIds.algorithm(keyId))
        .addLong(position)
        .addString(key.toString());
  }

  static void claim(OrderedStatements statements, KeysClaimed claimed) {
    claim(
        statements,
        CLAIM_ONE_TIME_KEYS,
        claimed.userId(),
        claimed.keys().stream().filter(key -> key.digest() != null).toList());
    claim(
        statements,
        CLAIM_FALLBACK_KEYS,
        claimed.userId(),
        claimed.keys().stream().filter(key -> key.digest() == null).toList());
  }

  private static void claim(
      OrderedStatements statements, String sql, String userId, List<ClaimedKey> keys) {
    if (!keys.isEmpty()) {
      statements.add(
          sql,
          Tuple.tuple()
              .addString(userId)
              .addArrayOfString(keys.stream().map(ClaimedKey::deviceId).toArray(String[]::new))
              .addArrayOfString(keys.stream().map(ClaimedKey::keyId).toArray(String[]::new))
              .addArrayOfLong(keys.stream().map(ClaimedKey::uploaded).toArray(Long[]::new)));
    }
  }

  static void close(OrderedStatements statements, DevicesClosed closed) {
    Tuple devices =
        Tuple.of(closed.userId()).addArrayOfString(closed.deviceIds().toArray(String[]::new));
    CLOSE.forEach(sql -> statements.add(sql, devices));
  }
}
