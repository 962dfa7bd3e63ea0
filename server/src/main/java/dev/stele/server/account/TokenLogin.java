package dev.stele.server.account;

import dev.stele.api.ErrorCode;
import dev.stele.api.MatrixError;
import dev.stele.server.record.LoginTokenSpent;
import io.vertx.core.Future;
import java.util.List;

/** Logs users in by tokens that they got on another device, each of them once. Thread-safe. */
public final class TokenLogin {
  private final ShortTokens tokens;
  private final DeviceSessions sessions;

  public TokenLogin(ShortTokens tokens, DeviceSessions sessions) {
    this.tokens = tokens;
    this.sessions = sessions;
  }

  /** Logs a user in, if the token is one and was never used. */
  public Future<LoggedIn> logIn(String token, NewDevice device) {
    return tokens
        .owner(token)
        .compose(
            owner ->
                owner.isEmpty()
                    ? Future.succeededFuture(refused())
                    : open(owner.get(), token, device));
  }

  private Future<LoggedIn> open(String userId, String token, NewDevice device) {
    return sessions
        .open(userId, device, List.of(new LoginTokenSpent(userId, SecretToken.hash(token))))
        .map(opened -> opened.orElseGet(TokenLogin::refused));
  }

  private static LoggedIn refused() {
    return new LoggedIn.Refused(
        MatrixError.of(ErrorCode.FORBIDDEN, "The token is unknown, used, or expired"));
  }
}
