package dev.stele.server.http.client;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import dev.stele.api.Endpoint;
import dev.stele.api.ErrorCode;
import dev.stele.server.account.ShortTokens;
import dev.stele.server.http.BadRequest;
import dev.stele.server.http.Bindings;
import dev.stele.server.http.Exchange;
import dev.stele.server.http.Reply;
import dev.stele.server.http.Resource;
import io.vertx.core.Future;

/**
 * How users prove to other services who they are. Client-server API, "OpenID"; server-server API,
 * "OpenID".
 */
public final class OpenIdResource implements Resource {
  private final String serverName;
  private final ShortTokens tokens;

  public OpenIdResource(String serverName, ShortTokens tokens) {
    this.serverName = serverName;
    this.tokens = tokens;
  }

  @Override
  public void bind(Bindings bindings) {
    bindings
        .on(Endpoint.REQUEST_OPEN_ID_TOKEN, this::issue)
        .on(Endpoint.EXCHANGE_OPEN_ID_TOKEN, this::exchange);
  }

  private Future<Reply> issue(Exchange exchange) {
    String userId = Own.userId(exchange);
    return tokens
        .issue(userId)
        .map(
            token ->
                Reply.ok(
                    JsonNodeFactory.instance
                        .objectNode()
                        .put("access_token", token)
                        .put("token_type", "Bearer")
                        .put("matrix_server_name", serverName)
                        .put("expires_in", tokens.lifetime().toSeconds())));
  }

  private Future<Reply> exchange(Exchange exchange) {
    String token = exchange.query("access_token");
    if (token == null) {
      throw new BadRequest(ErrorCode.MISSING_TOKEN, "Missing: access_token");
    }
    return tokens
        .owner(token)
        .map(
            owner ->
                owner
                    .map(
                        userId ->
                            Reply.ok(JsonNodeFactory.instance.objectNode().put("sub", userId)))
                    .orElseGet(
                        () ->
                            Reply.error(
                                ErrorCode.UNKNOWN_TOKEN, "Access token unknown or expired")));
  }
}
