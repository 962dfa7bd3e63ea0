package dev.stele.server.http.client;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.stele.api.Endpoint;
import dev.stele.api.ErrorCode;
import dev.stele.api.MatrixError;
import dev.stele.server.account.DeviceSessions;
import dev.stele.server.account.LoggedIn;
import dev.stele.server.account.NewDevice;
import dev.stele.server.account.PasswordLogin;
import dev.stele.server.account.TokenLogin;
import dev.stele.server.http.BadRequest;
import dev.stele.server.http.Bindings;
import dev.stele.server.http.Body;
import dev.stele.server.http.Exchange;
import dev.stele.server.http.Reply;
import dev.stele.server.http.Requester;
import dev.stele.server.http.Resource;
import io.vertx.core.Future;
import java.util.List;
import java.util.Optional;

/** Logging in and out. Client-server API, "Legacy login" and "Logout". */
public final class LoginResource implements Resource {
  private static final String PASSWORD = "m.login.password";
  private static final String TOKEN = "m.login.token";

  private final PasswordLogin login;
  private final Optional<TokenLogin> tokenLogin;
  private final DeviceSessions sessions;
  private final Reply flows;

  /**
   * @param tokenLogin login by a token from another device, if that is offered
   */
  public LoginResource(
      PasswordLogin login, Optional<TokenLogin> tokenLogin, DeviceSessions sessions) {
    this.login = login;
    this.tokenLogin = tokenLogin;
    this.sessions = sessions;
    ObjectNode body = JsonNodeFactory.instance.objectNode();
    ArrayNode offered = body.putArray("flows");
    offered.addObject().put("type", PASSWORD);
    if (tokenLogin.isPresent()) {
      offered.addObject().put("type", TOKEN).put("get_login_token", true);
    }
    this.flows = Reply.ok(body);
  }

  @Override
  public void bind(Bindings bindings) {
    bindings
        .on(Endpoint.GET_LOGIN_FLOWS, this::getFlows)
        .on(Endpoint.LOGIN, this::logIn)
        .on(Endpoint.LOGOUT, this::logOut)
        .on(Endpoint.LOGOUT_ALL, this::logOutEverywhere)
        .on(Endpoint.GET_TOKEN_OWNER, this::whoAmI);
  }

  private Future<Reply> getFlows(Exchange exchange) {
    return Future.succeededFuture(flows);
  }

  private Future<Reply> logIn(Exchange exchange) {
    Body body = exchange.body();
    String type = body.requiredString("type");
    if (type.equals(TOKEN) && tokenLogin.isPresent()) {
      return tokenLogin
          .get()
          .logIn(body.requiredString("token"), DeviceFields.read(body))
          .map(LoginResource::reply);
    }
    if (!type.equals(PASSWORD)) {
      throw new BadRequest(MatrixError.of(ErrorCode.UNKNOWN, "Unknown login type").withStatus(400));
    }
    String user = user(body);
    String password = body.requiredString("password");
    NewDevice device = DeviceFields.read(body);
    return login.logIn(user, password, device).map(LoginResource::reply);
  }

  private static Reply reply(LoggedIn outcome) {
    return outcome instanceof LoggedIn.On in
        ? Reply.ok(DeviceFields.answer(in.userId(), in.device()))
        : Reply.error(((LoggedIn.Refused) outcome).error());
  }

  /** Whom the request names, by {@code identifier} or the older {@code user}. */
  private static String user(Body body) {
    ObjectNode identifier = body.object("identifier");
    if (identifier == null) {
      return body.requiredString("user");
    }
    Body fields = new Body(identifier);
    if (!fields.requiredString("type").equals("m.id.user")) {
      throw new BadRequest(
          MatrixError.of(ErrorCode.UNKNOWN, "Unknown type of identifier").withStatus(400));
    }
    return fields.requiredString("user");
  }

  private Future<Reply> logOut(Exchange exchange) {
    Requester requester = exchange.requester();
    return sessions
        .close(requester.userId(), List.of(requester.deviceId()))
        .map(done -> Reply.empty());
  }

  private Future<Reply> logOutEverywhere(Exchange exchange) {
    return sessions.closeAll(exchange.requester().userId()).map(done -> Reply.empty());
  }

  private Future<Reply> whoAmI(Exchange exchange) {
    Requester requester = exchange.requester();
    return Future.succeededFuture(
        Reply.ok(
            JsonNodeFactory.instance
                .objectNode()
                .put("user_id", requester.userId())
                .put("device_id", requester.deviceId())
                .put("is_guest", requester.guest())));
  }
}
