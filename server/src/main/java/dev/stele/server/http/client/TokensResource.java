package dev.stele.server.http.client;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import dev.stele.api.Endpoint;
import dev.stele.api.ErrorCode;
import dev.stele.api.MatrixError;
import dev.stele.server.account.ShortTokens;
import dev.stele.server.account.TokenRefresh;
import dev.stele.server.account.TokenRefresh.Outcome;
import dev.stele.server.http.Bindings;
import dev.stele.server.http.Exchange;
import dev.stele.server.http.Reply;
import dev.stele.server.http.Resource;
import io.vertx.core.Future;
import java.util.Optional;

/**
 * Tokens for tokens. Client-server API, "Refreshing access tokens" and {@code POST
 * /login/get_token}.
 */
public final class TokensResource implements Resource {
  private final TokenRefresh refresh;
  private final Optional<ShortTokens> loginTokens;
  private final UserConfirmation confirmation;

  /**
   * @param loginTokens the tokens to log in with on another device, if users may have any
   */
  public TokensResource(
      TokenRefresh refresh, Optional<ShortTokens> loginTokens, UserConfirmation confirmation) {
    this.refresh = refresh;
    this.loginTokens = loginTokens;
    this.confirmation = confirmation;
  }

  @Override
  public void bind(Bindings bindings) {
    bindings.on(Endpoint.REFRESH, this::refresh);
    loginTokens.ifPresent(
        tokens ->
            bindings.on(
                Endpoint.GENERATE_LOGIN_TOKEN, exchange -> generateLoginToken(exchange, tokens)));
  }

  private Future<Reply> refresh(Exchange exchange) {
    return refresh
        .refresh(exchange.body().requiredString("refresh_token"))
        .map(
            outcome ->
                outcome instanceof Outcome.Refreshed refreshed
                    ? Reply.ok(
                        DeviceFields.addTokens(
                            JsonNodeFactory.instance.objectNode(), refreshed.device()))
                    : Reply.error(refused(((Outcome.Refused) outcome).softLogout())));
  }

  private static MatrixError refused(boolean softLogout) {
    return MatrixError.of(ErrorCode.UNKNOWN_TOKEN, "Unknown refresh token")
        .withField("soft_logout", softLogout);
  }

  private Future<Reply> generateLoginToken(Exchange exchange, ShortTokens tokens) {
    String userId = exchange.requester().userId();
    return confirmation.requireEachTime(
        exchange,
        body ->
            tokens
                .issue(userId)
                .map(
                    token ->
                        Reply.ok(
                            JsonNodeFactory.instance
                                .objectNode()
                                .put("login_token", token)
                                .put("expires_in_ms", tokens.lifetime().toMillis()))));
  }
}
