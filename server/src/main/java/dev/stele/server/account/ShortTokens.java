package dev.stele.server.account;

import dev.stele.server.projection.Accounts;
import dev.stele.server.projection.ShortTokenRow;
import dev.stele.server.record.RecordLog;
import dev.stele.server.record.ShortTokenIssued;
import dev.stele.server.record.ShortTokenIssued.Purpose;
import io.vertx.core.Future;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;

/** Gives out tokens that stand for users for a short while, for one purpose. Thread-safe. */
public final class ShortTokens {
  private final RecordLog log;
  private final Accounts accounts;
  private final InstantSource clock;
  private final Purpose purpose;
  private final SecretToken kind;
  private final Duration lifetime;

  private ShortTokens(
      RecordLog log, Accounts accounts, InstantSource clock, Purpose purpose, Duration lifetime) {
    this.log = log;
    this.accounts = accounts;
    this.clock = clock;
    this.purpose = purpose;
    this.kind = purpose == Purpose.LOGIN ? SecretToken.LOGIN : SecretToken.OPENID;
    this.lifetime = lifetime;
  }

  /** Tokens with which a user logs in once. */
  public static ShortTokens forLogin(
      RecordLog log, Accounts accounts, InstantSource clock, Duration lifetime) {
    return new ShortTokens(log, accounts, clock, Purpose.LOGIN, lifetime);
  }

  /** Tokens by which other services learn who somebody is. */
  public static ShortTokens forOpenId(
      RecordLog log, Accounts accounts, InstantSource clock, Duration lifetime) {
    return new ShortTokens(log, accounts, clock, Purpose.OPENID, lifetime);
  }

  /** How long a token is valid. */
  public Duration lifetime() {
    return lifetime;
  }

  /** A new token of a user, once it is durable. */
  public Future<String> issue(String userId) {
    String token = kind.generate();
    long expiresAt = clock.millis() + lifetime.toMillis();
    return log.append(
            List.of(new ShortTokenIssued(userId, purpose, SecretToken.hash(token), expiresAt)))
        .map(token);
  }

  /** Whose token this is; nobody's if it is unknown, expired, or spent. */
  public Future<Optional<String>> owner(String token) {
    if (!kind.isPlausible(token)) {
      return Future.succeededFuture(Optional.empty());
    }
    return accounts
        .shortToken(purpose, SecretToken.hash(token))
        .map(row -> row.filter(valid -> valid.expiresAt() > clock.millis()))
        .map(row -> row.map(ShortTokenRow::userId));
  }
}
