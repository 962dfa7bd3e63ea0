package dev.stele.server.projection;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.stele.server.record.ShortTokenIssued.Purpose;
import io.vertx.core.Future;
import io.vertx.sqlclient.Pool;
import io.vertx.sqlclient.Row;
import io.vertx.sqlclient.Tuple;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Questions about accounts. Answers include everything that was committed when the question was
 * asked. Thread-safe; futures fail only when the database does.
 */
public final class Accounts {
  private static final String PROFILE_COLUMNS =
      "SELECT user_id, field, value FROM projection.profile WHERE user_id = ANY($1)";

  private static final String TOKEN_COLUMNS = "SELECT d.user_id, d.device_id, a.admin, a.guest,";
  private static final String TOKEN_TABLES =
      " FROM projection.device d JOIN projection.account a ON a.user_id = d.user_id";
  private static final String DEVICE_COLUMNS =
      "SELECT user_id, device_id, display_name, last_seen_ip, last_seen_ts"
          + " FROM projection.device";

  private final Questions questions;

  public Accounts(Projections projections, AccountsProjection projection, Pool pool) {
    this.questions = new Questions(projections, projection, pool);
  }

  /** The account of a user id. */
  public Future<Optional<AccountRow>> account(String userId) {
    return questions.one(
        "SELECT user_id, admin, guest, password_hash FROM projection.account WHERE user_id = $1",
        Tuple.of(userId),
        row ->
            new AccountRow(
                row.getString("user_id"),
                row.getBoolean("admin"),
                row.getBoolean("guest"),
                row.getString("password_hash")));
  }

  /** Whom the access token with this hash stands for. */
  public Future<Optional<TokenRow>> token(String tokenHash) {
    return questions.one(
        TOKEN_COLUMNS
            + " d.expires_at, false AS next"
            + TOKEN_TABLES
            + " WHERE d.token_hash = $1 UNION ALL "
            + TOKEN_COLUMNS
            + " d.next_expires_at, true"
            + TOKEN_TABLES
            + " WHERE d.next_token_hash = $1",
        Tuple.of(tokenHash),
        row ->
            new TokenRow(
                row.getString("user_id"),
                row.getString("device_id"),
                row.getBoolean("admin"),
                row.getBoolean("guest"),
                row.getLong("expires_at"),
                row.getBoolean("next")));
  }

  /** Whose refresh token has this hash. */
  public Future<Optional<RefreshTokenRow>> refreshToken(String hash) {
    return questions.one(
        "SELECT user_id, device_id, false AS spent, NULL AS next_token_hash"
            + " FROM projection.device WHERE refresh_hash = $1"
            + " UNION ALL SELECT user_id, device_id, false, next_token_hash"
            + " FROM projection.device WHERE next_refresh_hash = $1"
            + " UNION ALL SELECT user_id, device_id, true, NULL FROM projection.device"
            + " WHERE spent_hash = $1",
        Tuple.of(hash),
        row ->
            new RefreshTokenRow(
                row.getString("user_id"),
                row.getString("device_id"),
                row.getBoolean("spent"),
                row.getString("next_token_hash")));
  }

  /** Whose token of a short life has this hash; it may have expired. */
  public Future<Optional<ShortTokenRow>> shortToken(Purpose purpose, String hash) {
    return questions.one(
        "SELECT user_id, expires_at FROM projection.short_token"
            + " WHERE token_hash = $1 AND purpose = $2",
        Tuple.of(hash, purpose.name()),
        row -> new ShortTokenRow(row.getString("user_id"), row.getLong("expires_at")));
  }

  /** The device that a user has left with the server. */
  public Future<Optional<DehydratedDevice>> dehydratedDevice(String userId) {
    return questions.one(
        "SELECT device_id, device_data FROM projection.dehydrated_device WHERE user_id = $1",
        Tuple.of(userId),
        row ->
            new DehydratedDevice(
                row.getString("device_id"), Questions.json(row.getString("device_data"))));
  }

  /** The devices on which a user is logged in. */
  public Future<List<DeviceRow>> devices(String userId) {
    return questions.all(
        DEVICE_COLUMNS + " WHERE user_id = $1 ORDER BY device_id",
        Tuple.of(userId),
        Accounts::deviceRow);
  }

  /** A device on which a user is logged in. */
  public Future<Optional<DeviceRow>> device(String userId, String deviceId) {
    return questions.one(
        DEVICE_COLUMNS + " WHERE user_id = $1 AND device_id = $2",
        Tuple.of(userId, deviceId),
        Accounts::deviceRow);
  }

  /**
   * The names of these users' devices, by device id; devices without one are left out. Users who
   * have none are there, and users who have no account are not.
   */
  public Future<Map<String, Map<String, String>>> deviceNames(Collection<String> userIds) {
    return questions
        .all(
            "SELECT a.user_id, d.device_id, d.display_name FROM projection.account a"
                + " LEFT JOIN projection.device d ON d.user_id = a.user_id"
                + " AND d.display_name IS NOT NULL WHERE a.user_id = ANY($1)",
            Tuple.tuple().addArrayOfString(userIds.toArray(String[]::new)),
            row -> row)
        .map(Accounts::namesByUser);
  }

  /** The whole profile of a user; an empty object if there is nothing in it, or no such user. */
  public Future<ObjectNode> profile(String userId) {
    return profiles(List.of(userId))
        .map(profiles -> profiles.getOrDefault(userId, JsonNodeFactory.instance.objectNode()));
  }

  /** The whole profiles of users; those with nothing in theirs are left out. */
  public Future<Map<String, ObjectNode>> profiles(Collection<String> userIds) {
    return profiles(PROFILE_COLUMNS, userIds);
  }

  /** What member events say of users: their {@code displayname} and {@code avatar_url}, if set. */
  public Future<Map<String, ObjectNode>> memberProfiles(Collection<String> userIds) {
    return profiles(PROFILE_COLUMNS + " AND field IN ('displayname', 'avatar_url')", userIds);
  }

  /** A filter that a user has stored. */
  public Future<Optional<ObjectNode>> filter(String userId, String filterId) {
    return questions.one(
        "SELECT filter FROM projection.filter WHERE user_id = $1 AND filter_id = $2",
        Tuple.of(userId, filterId),
        row -> (ObjectNode) Questions.json(row.getString("filter")));
  }

  private Future<Map<String, ObjectNode>> profiles(String sql, Collection<String> userIds) {
    return questions
        .all(
            sql + " ORDER BY user_id, field",
            Tuple.tuple().addArrayOfString(userIds.toArray(String[]::new)),
            row -> row)
        .map(Accounts::byUser);
  }

  private static Map<String, ObjectNode> byUser(List<Row> rows) {
    Map<String, ObjectNode> profiles = new LinkedHashMap<>();
    for (Row row : rows) {
      profiles
          .computeIfAbsent(row.getString("user_id"), user -> JsonNodeFactory.instance.objectNode())
          .set(row.getString("field"), Questions.json(row.getString("value")));
    }
    return profiles;
  }

  private static Map<String, Map<String, String>> namesByUser(List<Row> rows) {
    Map<String, Map<String, String>> names = new LinkedHashMap<>();
    for (Row row : rows) {
      Map<String, String> ofUser =
          names.computeIfAbsent(row.getString("user_id"), user -> new LinkedHashMap<>());
      if (row.getString("device_id") != null) {
        ofUser.put(row.getString("device_id"), row.getString("display_name"));
      }
    }
    return names;
  }

  private static DeviceRow deviceRow(Row row) {
    return new DeviceRow(
        row.getString("user_id"),
        row.getString("device_id"),
        row.getString("display_name"),
        row.getString("last_seen_ip"),
        row.getLong("last_seen_ts"));
  }
}
