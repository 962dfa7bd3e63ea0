package dev.stele.server.record;

import dev.stele.eventstore.Claim;

/** The names that clients can see and that must be unique. */
public final class Claims {
  private Claims() {}

  /** A user id is taken once and for all. */
  public static Claim user(String userId) {
    return new Claim("user", userId);
  }

  /** An alias points to one room at a time. */
  public static Claim alias(String alias) {
    return new Claim("alias", alias);
  }

  /** An event is accepted once. */
  public static Claim event(String eventId) {
    return new Claim("event", eventId);
  }

  /** A device's transaction id stands for one request to one path. */
  public static Claim transaction(Transaction request) {
    return new Claim(
        "txn",
        String.join("\n", request.userId(), request.deviceId(), request.scope(), request.id()));
  }

  /** A login token is used once. */
  public static Claim loginToken(String tokenHash) {
    return new Claim("login_token", tokenHash);
  }

  /** A number stands for one of a user's backups. */
  public static Claim backup(String userId, long version) {
    return new Claim("backup", userId + "\n" + version);
  }

  /** A user's filter id stands for one filter. */
  public static Claim filter(String userId, String filterId) {
    return new Claim("filter", userId + "\n" + filterId);
  }

  /** A device's one-time key is handed out once. */
  public static Claim oneTimeKey(String userId, KeysClaimed.ClaimedKey key) {
    return new Claim(
        "one_time_key", String.join("\n", userId, key.deviceId(), key.keyId(), key.digest()));
  }
}
