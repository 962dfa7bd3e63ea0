package dev.stele.server.http.client;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import dev.stele.api.Endpoint;
import dev.stele.api.ErrorCode;
import dev.stele.api.MatrixError;
import dev.stele.server.account.AccountCreated;
import dev.stele.server.account.AccountCreation;
import dev.stele.server.account.InteractiveAuth;
import dev.stele.server.account.NewAccount;
import dev.stele.server.account.OpenRegistration;
import dev.stele.server.account.Operation;
import dev.stele.server.account.PasswordPolicy;
import dev.stele.server.http.BadRequest;
import dev.stele.server.http.Bindings;
import dev.stele.server.http.Body;
import dev.stele.server.http.Exchange;
import dev.stele.server.http.Reply;
import dev.stele.server.http.Resource;
import io.vertx.core.Future;
import java.util.List;
import java.util.Optional;

/** Registration that is open to anybody. Client-server API, "Account registration". */
public final class RegisterResource implements Resource {
  /** What a session keeps of a request: fields that are checked, and so never large. */
  private static final List<String> PARAMETERS =
      List.of(
          "username",
          "password",
          "device_id",
          "initial_device_display_name",
          "inhibit_login",
          "refresh_token",
          "auth");

  private static final Operation REGISTRATION =
      Operation.ofAnybody(Endpoint.REGISTER, List.of(List.of(InteractiveAuth.DUMMY)));

  private final AccountCreation creation;
  private final OpenRegistration open;
  private final PasswordPolicy policy;
  private final InteractiveAuth auth;

  public RegisterResource(
      AccountCreation creation,
      OpenRegistration open,
      PasswordPolicy policy,
      InteractiveAuth auth) {
    this.creation = creation;
    this.open = open;
    this.policy = policy;
    this.auth = auth;
  }

  @Override
  public void bind(Bindings bindings) {
    bindings
        .on(Endpoint.REGISTER, this::register)
        .on(Endpoint.CHECK_USERNAME_AVAILABILITY, this::checkAvailability);
  }

  private Future<Reply> checkAvailability(Exchange exchange) {
    String username = exchange.query("username");
    if (username == null) {
      throw new BadRequest(ErrorCode.MISSING_PARAM, "Missing: username");
    }
    return creation
        .objection(username)
        .map(
            objection ->
                objection
                    .map(Reply::error)
                    .orElseGet(
                        () ->
                            Reply.ok(
                                JsonNodeFactory.instance.objectNode().put("available", true))));
  }

  private Future<Reply> register(Exchange exchange) {
    requireKind(exchange.query("kind", "user"));
    if (!open.at(exchange.listener().host())) {
      throw new BadRequest(ErrorCode.FORBIDDEN, "Registration is not open");
    }
    Body request = exchange.bodyOrEmpty();
    return objection(request)
        .compose(
            objection ->
                objection
                    .map(error -> Future.succeededFuture(Reply.error(error)))
                    .orElseGet(() -> authenticate(request)));
  }

  private static void requireKind(String kind) {
    switch (kind) {
      case "user" -> {}
      case "guest" -> throw new BadRequest(ErrorCode.FORBIDDEN, "There are no guests here");
      default -> throw new BadRequest(ErrorCode.INVALID_PARAM, "kind must be user or guest");
    }
  }

  /** What stands against the request whoever sends it, to be told before any authentication. */
  private Future<Optional<MatrixError>> objection(Body request) {
    NewAccount asked = read(request);
    Optional<MatrixError> weak =
        request.has("password") ? policy.complaint(asked.password()) : Optional.empty();
    return weak.isPresent() || asked.username() == null
        ? Future.succeededFuture(weak)
        : creation.objection(asked.username());
  }

  private Future<Reply> authenticate(Body request) {
    return auth.advance(REGISTRATION, request.node().deepCopy().retain(PARAMETERS))
        .compose(step -> UserConfirmation.reply(step, this::create));
  }

  private Future<Reply> create(Body complete) {
    policy
        .complaint(complete.requiredString("password"))
        .ifPresent(
            error -> {
              throw new BadRequest(error);
            });
    return creation.create(read(complete)).map(RegisterResource::reply);
  }

  /** The account that a request asks for. */
  private static NewAccount read(Body request) {
    var device = DeviceFields.read(request);
    return new NewAccount(
        request.string("username"),
        request.string("password", ""),
        false,
        request.bool("inhibit_login", false) ? null : device);
  }

  static Reply reply(AccountCreated outcome) {
    return outcome instanceof AccountCreated.Made made
        ? Reply.ok(DeviceFields.answer(made.userId(), made.device()))
        : Reply.error(((AccountCreated.Refused) outcome).error());
  }
}
