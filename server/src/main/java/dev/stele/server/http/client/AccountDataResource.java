package dev.stele.server.http.client;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.stele.api.Endpoint;
import dev.stele.api.ErrorCode;
import dev.stele.api.Limits;
import dev.stele.api.MatrixError;
import dev.stele.server.account.AccountDataChanges;
import dev.stele.server.http.BadRequest;
import dev.stele.server.http.Bindings;
import dev.stele.server.http.Exchange;
import dev.stele.server.http.Reply;
import dev.stele.server.http.Resource;
import dev.stele.server.projection.UserData;
import dev.stele.server.push.RuleSet;
import io.vertx.core.Future;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import java.util.Set;

/** Users' own data, of a room or of none. Client-server API, "Client Config". */
public final class AccountDataResource implements Resource {
  /** What the server writes itself. */
  private static final Set<String> READ_ONLY = Set.of("m.fully_read", RuleSet.TYPE);

  private final UserData data;
  private final AccountDataChanges changes;

  public AccountDataResource(UserData data, AccountDataChanges changes) {
    this.data = data;
    this.changes = changes;
  }

  @Override
  public void bind(Bindings bindings) {
    bindings
        .on(Endpoint.GET_ACCOUNT_DATA, this::getGlobal)
        .on(Endpoint.SET_ACCOUNT_DATA, this::setGlobal)
        .on(Endpoint.GET_ACCOUNT_DATA_PER_ROOM, this::getOfRoom)
        .on(Endpoint.SET_ACCOUNT_DATA_PER_ROOM, this::setOfRoom);
  }

  private Future<Reply> getGlobal(Exchange exchange) {
    String userId = Own.userId(exchange);
    String type = type(exchange);
    return data.accountData(userId, UserData.GLOBAL, type)
        .map(
            stored ->
                type.equals(RuleSet.TYPE)
                    ? Reply.ok(RuleSet.of(userId, stored.orElse(null)).json())
                    : reply(stored));
  }

  private Future<Reply> getOfRoom(Exchange exchange) {
    String userId = Own.userId(exchange);
    return data.accountData(userId, Own.roomId(exchange), type(exchange))
        .map(AccountDataResource::reply);
  }

  private Future<Reply> setGlobal(Exchange exchange) {
    return set(exchange, Own.userId(exchange), UserData.GLOBAL);
  }

  private Future<Reply> setOfRoom(Exchange exchange) {
    return set(exchange, Own.userId(exchange), Own.roomId(exchange));
  }

  private Future<Reply> set(Exchange exchange, String userId, String roomId) {
    String type = type(exchange);
    if (READ_ONLY.contains(type)) {
      throw new BadRequest(
          MatrixError.of(ErrorCode.BAD_JSON, "Cannot set " + type + " through this API")
              .withStatus(405));
    }
    ObjectNode content = exchange.body().node();
    return changes.put(userId, roomId, type, content).map(done -> Reply.empty());
  }

  private static String type(Exchange exchange) {
    String type = exchange.path("type");
    if (type.getBytes(StandardCharsets.UTF_8).length > Limits.MAX_ID_BYTES
        || type.indexOf('\0') >= 0) {
      throw new BadRequest(
          ErrorCode.INVALID_PARAM, "A type has at most " + Limits.MAX_ID_BYTES + " bytes");
    }
    return type;
  }

  private static Reply reply(Optional<ObjectNode> content) {
    return content
        .map(Reply::ok)
        .orElseGet(() -> Reply.error(ErrorCode.NOT_FOUND, "There is no such account data"));
  }
}
