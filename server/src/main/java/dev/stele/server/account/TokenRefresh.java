package dev.stele.server.account;

import dev.stele.server.projection.Accounts;
import dev.stele.server.projection.RefreshTokenRow;
import dev.stele.server.record.Fact;
import dev.stele.server.record.RecordLog;
import dev.stele.server.record.TokensRefreshed;
import dev.stele.server.record.TokensTaken;
import io.vertx.core.Future;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;

/**
 * Gives devices new tokens for their refresh tokens. Client-server API, "Refreshing access tokens".
 * Thread-safe.
 *
 * <p>The new tokens are a device's next ones. It keeps those that it has until it uses one of the
 * new ones, so that a client that never got the answer just asks again; then earlier answers are
 * void.
 */
public final class TokenRefresh {
  private final RecordLog log;
  private final Accounts accounts;
  private final TokenOwners owners;
  private final UserQueues queues;
  private final SessionTokens tokens;

  public TokenRefresh(
      RecordLog log,
      Accounts accounts,
      TokenOwners owners,
      UserQueues queues,
      SessionTokens tokens) {
    this.log = log;
    this.accounts = accounts;
    this.owners = owners;
    this.queues = queues;
    this.tokens = tokens;
  }

  /** What became of a wish for new tokens. */
  public sealed interface Outcome {
    /** These are they. */
    record Refreshed(OpenedDevice device) implements Outcome {}

    /**
     * The refresh token is void.
     *
     * @param softLogout whether its device is logged in still, so that the client may keep what it
     *     has and log in again
     */
    record Refused(boolean softLogout) implements Outcome {}
  }

  /** Gives new tokens for a refresh token. The future completes once they are durable. */
  public Future<Outcome> refresh(String refreshToken) {
    if (!SecretToken.REFRESH.isPlausible(refreshToken)) {
      return Future.succeededFuture(new Outcome.Refused(false));
    }
    String hash = SecretToken.hash(refreshToken);
    return accounts
        .refreshToken(hash)
        .compose(
            found ->
                found.isEmpty()
                    ? refused(found)
                    : queues.submit(found.get().userId(), () -> refreshNow(hash)));
  }

  private Future<Outcome> refreshNow(String hash) {
    return accounts
        .refreshToken(hash)
        .compose(found -> isVoid(found) ? refused(found) : append(hash, found.orElseThrow()));
  }

  private Future<Outcome> append(String hash, RefreshTokenRow row) {
    OpenedDevice next = tokens.refreshable(row.deviceId());
    List<Fact> facts = new ArrayList<>();
    if (row.nextTokenHash() != null) {
      // Its use voids what the device had, as that of the access token would.
      facts.add(new TokensTaken(row.userId(), row.deviceId(), row.nextTokenHash()));
    }
    facts.add(
        new TokensRefreshed(
            row.userId(),
            row.deviceId(),
            hash,
            SecretToken.hash(next.accessToken()),
            next.expiresAt(),
            SecretToken.hash(Objects.requireNonNull(next.refreshToken()))));
    return log.append(facts)
        .onSuccess(appended -> facts.forEach(owners::forget))
        .map(new Outcome.Refreshed(next));
  }

  private static boolean isVoid(Optional<RefreshTokenRow> found) {
    return found.isEmpty() || found.get().spent();
  }

  private static Future<Outcome> refused(Optional<RefreshTokenRow> found) {
    return Future.succeededFuture(new Outcome.Refused(found.isPresent()));
  }
}
