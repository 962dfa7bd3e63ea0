package dev.stele.server.account;

import dev.stele.server.record.LoginTokenSpent;
import io.vertx.core.Future;
import java.util.List;
import java.util.Optional;

/** Logs users in by tokens that they got on another device, each of them once. Thread-safe. */
public final class TokenLogin {
  private final ShortTokens tokens;
  private final DeviceSessions sessions;

  public TokenLogin(ShortTokens tokens, DeviceSessions sessions) {
    this.tokens = tokens;
    this.sessions = sessions;
  }

  /** Logs a user in; nothing if the token is none, or was used. */
  public Future<Optional<LoggedIn>> logIn(String token, NewDevice device) {
    return tokens
        .owner(token)
        .compose(
            owner ->
                owner.isEmpty()
                    ? Future.succeededFuture(Optional.empty())
                    : open(owner.get(), token, device));
  }

  private Future<Optional<LoggedIn>> open(String userId, String token, NewDevice device) {
    return sessions
        .open(userId, device, List.of(new LoginTokenSpent(userId, SecretToken.hash(token))))
        .map(opened -> opened.map(on -> new LoggedIn(userId, on)));
  }
}
