package dev.stele.server.projection;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.stele.server.projection.KeyCounts.Upload;
import io.vertx.core.Future;
import io.vertx.sqlclient.Pool;
import io.vertx.sqlclient.Row;
import io.vertx.sqlclient.Tuple;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * Questions about public keys. Answers include everything that was committed when the question was
 * asked. Thread-safe; futures fail only when the database does.
 */
public final class EncryptionKeys {
  static final String DEVICE_KEYS =
      "SELECT user_id, device_id, keys FROM projection.device_key WHERE user_id = ANY($1)"
          + " ORDER BY user_id, device_id";
  static final String CROSS_SIGNING_KEYS =
      "SELECT user_id, usage, public_key, key FROM projection.cross_signing_key"
          + " WHERE user_id = ANY($1)";

  /** Of the many who may have signed a user's master key, none but the viewer is looked at. */
  static final String SIGNATURES =
      "SELECT s.user_id, s.key_id, s.signer_id, s.signer_key_id, s.signature"
          + " FROM unnest($1::text[]) AS q (user_id) CROSS JOIN LATERAL"
          + " (SELECT * FROM projection.key_signature k"
          + " WHERE k.user_id = q.user_id AND k.signer_id IN (q.user_id, $2)) s";

  /** One row for each upload and fallback key, and one that tells how far the answer goes. */
  static final String COUNTS =
      "SELECT '' AS kind, '' AS algorithm, c.position, 0 AS count FROM log.checkpoint c"
          + " WHERE c.name = 'encryption'"
          + " UNION ALL SELECT 'one_time', k.algorithm, k.position, count(*)::int"
          + " FROM projection.one_time_key k WHERE k.user_id = $1 AND k.device_id = $2"
          + " GROUP BY k.algorithm, k.position"
          + " UNION ALL SELECT 'fallback', k.algorithm, k.position, 1"
          + " FROM projection.fallback_key k"
          + " WHERE k.user_id = $1 AND k.device_id = $2 AND NOT k.used";

  static final String CLAIMABLE =
      "SELECT w.number::int - 1 AS wanted, k.key_id, k.position, k.key, k.digest, false AS used"
          + " FROM unnest($1::text[], $2::text[], $3::text[], $4::int[]) WITH ORDINALITY"
          + " AS w (user_id, device_id, algorithm, count, number) CROSS JOIN LATERAL"
          + " (SELECT o.key_id, o.position, o.key, o.digest FROM projection.one_time_key o"
          + " WHERE o.user_id = w.user_id AND o.device_id = w.device_id"
          + " AND o.algorithm = w.algorithm ORDER BY o.position, o.key_id LIMIT w.count) k"
          + " UNION ALL SELECT w.number::int - 1, f.key_id, f.position, f.key, NULL, f.used"
          + " FROM unnest($1::text[], $2::text[], $3::text[]) WITH ORDINALITY"
          + " AS w (user_id, device_id, algorithm, number) JOIN projection.fallback_key f"
          + " ON f.user_id = w.user_id AND f.device_id = w.device_id"
          + " AND f.algorithm = w.algorithm";

  private final Questions questions;

  public EncryptionKeys(Projections projections, EncryptionProjection projection, Pool pool) {
    this.questions = new Questions(projections, projection, pool);
  }

  /** The identity keys of all devices of these users that have any. */
  public Future<List<DeviceKeyRow>> deviceKeys(Collection<String> userIds) {
    return questions.all(DEVICE_KEYS, Tuple.tuple().addArrayOfString(array(userIds)), this::device);
  }

  /** Whether any of these devices of a user has identity keys. */
  public Future<Boolean> haveKeys(String userId, Collection<String> deviceIds) {
    return questions
        .one(
            "SELECT 1 AS found FROM projection.device_key"
                + " WHERE user_id = $1 AND device_id = ANY($2) LIMIT 1",
            Tuple.of(userId).addArrayOfString(array(deviceIds)),
            row -> row.getInteger("found"))
        .map(Optional::isPresent);
  }

  /** The cross-signing keys of these users. */
  public Future<List<CrossSigningRow>> crossSigningKeys(Collection<String> userIds) {
    return questions.all(
        CROSS_SIGNING_KEYS,
        Tuple.tuple().addArrayOfString(array(userIds)),
        row ->
            new CrossSigningRow(
                row.getString("user_id"),
                row.getString("usage"),
                row.getString("public_key"),
                object(row.getString("key"))));
  }

  /**
   * The signatures of these users' keys that the viewer may see: those by themselves, and the
   * viewer's own.
   */
  public Future<List<KeySignatureRow>> signatures(Collection<String> userIds, String viewer) {
    return questions.all(
        SIGNATURES,
        Tuple.tuple().addArrayOfString(array(userIds)).addString(viewer),
        row ->
            new KeySignatureRow(
                row.getString("user_id"),
                row.getString("key_id"),
                row.getString("signer_id"),
                row.getString("signer_key_id"),
                row.getString("signature")));
  }

  /** What a device has left of its one-time and fallback keys. */
  public Future<KeyCounts> counts(String userId, String deviceId) {
    return questions
        .all(COUNTS, Tuple.of(userId, deviceId), Count::of)
        .map(rows -> counts(userId, deviceId, rows));
  }

  /**
   * What a device has published that matters to its next upload.
   *
   * @param oneTimeKeyIds the ids of the one-time keys of the upload
   */
  public Future<DeviceKeyState> state(
      String userId, String deviceId, Collection<String> oneTimeKeyIds) {
    Future<KeyCounts> counts = counts(userId, deviceId);
    Future<Optional<DeviceKeyRow>> keys =
        questions.one(
            "SELECT user_id, device_id, keys FROM projection.device_key"
                + " WHERE user_id = $1 AND device_id = $2",
            Tuple.of(userId, deviceId),
            this::device);
    Future<Map<String, JsonNode>> oneTime =
        oneTimeKeyIds.isEmpty()
            ? Future.succeededFuture(Map.of())
            : jsons(
                "SELECT key_id, key FROM projection.one_time_key"
                    + " WHERE user_id = $1 AND device_id = $2 AND key_id = ANY($3)",
                Tuple.of(userId, deviceId).addArrayOfString(array(oneTimeKeyIds)));
    Future<Map<String, JsonNode>> fallback =
        jsons(
            "SELECT key_id, key FROM projection.fallback_key"
                + " WHERE user_id = $1 AND device_id = $2",
            Tuple.of(userId, deviceId));
    return Future.all(counts, keys, oneTime, fallback)
        .map(
            all ->
                new DeviceKeyState(
                    keys.result(), oneTime.result(), fallback.result(), counts.result()));
  }

  /**
   * The keys that may be handed out for what is wanted: of each as many one-time keys as it asks
   * for, if there are as many, the oldest first; and the fallback key, if there is one.
   */
  public Future<List<ClaimableKey>> claimable(List<WantedKeys> wanted) {
    return questions.all(
        CLAIMABLE,
        Tuple.tuple()
            .addArrayOfString(wanted.stream().map(WantedKeys::userId).toArray(String[]::new))
            .addArrayOfString(wanted.stream().map(WantedKeys::deviceId).toArray(String[]::new))
            .addArrayOfString(wanted.stream().map(WantedKeys::algorithm).toArray(String[]::new))
            .addArrayOfInteger(wanted.stream().map(WantedKeys::count).toArray(Integer[]::new)),
        row ->
            new ClaimableKey(
                row.getInteger("wanted"),
                row.getString("key_id"),
                row.getLong("position"),
                row.getString("key"),
                row.getString("digest"),
                row.getBoolean("used")));
  }

  private Future<Map<String, JsonNode>> jsons(String sql, Tuple parameters) {
    return questions
        .all(
            sql,
            parameters,
            row -> Map.entry(row.getString("key_id"), Questions.json(row.getString("key"))))
        .map(
            entries ->
                entries.stream()
                    .collect(Collectors.toUnmodifiableMap(Map.Entry::getKey, Map.Entry::getValue)));
  }

  private record Count(String kind, String algorithm, long position, int count) {
    static Count of(Row row) {
      return new Count(
          row.getString("kind"),
          row.getString("algorithm"),
          row.getLong("position"),
          row.getInteger("count"));
    }
  }

  private static KeyCounts counts(String userId, String deviceId, List<Count> rows) {
    long asOf = 0;
    Map<Upload, Integer> oneTime = new HashMap<>();
    Map<String, Long> fallback = new HashMap<>();
    for (Count row : rows) {
      switch (row.kind) {
        case "one_time" -> oneTime.put(new Upload(row.algorithm, row.position), row.count);
        case "fallback" -> fallback.put(row.algorithm, row.position);
        default -> asOf = row.position;
      }
    }
    return new KeyCounts(userId, deviceId, asOf, oneTime, fallback);
  }

  private DeviceKeyRow device(Row row) {
    return new DeviceKeyRow(
        row.getString("user_id"), row.getString("device_id"), object(row.getString("keys")));
  }

  private static ObjectNode object(String json) {
    return (ObjectNode) Questions.json(json);
  }

  private static String[] array(Collection<String> strings) {
    return strings.toArray(String[]::new);
  }
}
