package dev.stele.server.http.client;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import dev.stele.api.Endpoint;
import dev.stele.api.ErrorCode;
import dev.stele.server.account.AccountCreation;
import dev.stele.server.account.NewAccount;
import dev.stele.server.account.SharedSecret;
import dev.stele.server.account.SharedSecret.Claimed;
import dev.stele.server.http.BadRequest;
import dev.stele.server.http.Bindings;
import dev.stele.server.http.Body;
import dev.stele.server.http.Exchange;
import dev.stele.server.http.Reply;
import dev.stele.server.http.Resource;
import io.vertx.core.Future;

/**
 * Registration by whoever knows the shared secret, administrators included. The password policy is
 * for people who register themselves and does not apply.
 */
public final class SharedSecretResource implements Resource {
  private final AccountCreation creation;
  private final SharedSecret secret;

  public SharedSecretResource(AccountCreation creation, SharedSecret secret) {
    this.creation = creation;
    this.secret = secret;
  }

  @Override
  public void bind(Bindings bindings) {
    bindings
        .on(Endpoint.GET_REGISTRATION_NONCE, this::getNonce)
        .on(Endpoint.REGISTER_WITH_SHARED_SECRET, this::register);
  }

  private Future<Reply> getNonce(Exchange exchange) {
    return Future.succeededFuture(
        Reply.ok(JsonNodeFactory.instance.objectNode().put("nonce", secret.nonce())));
  }

  private Future<Reply> register(Exchange exchange) {
    Body body = exchange.body();
    String nonce = body.requiredString("nonce");
    Claimed claimed =
        new Claimed(
            withoutNul(body, "username"), withoutNul(body, "password"), body.bool("admin", false));
    String mac = body.requiredString("mac");
    if (!secret.spend(nonce)) {
      throw new BadRequest(ErrorCode.INVALID_PARAM, "The nonce is unknown or was used");
    }
    if (!secret.proves(mac, nonce, claimed)) {
      throw new BadRequest(ErrorCode.FORBIDDEN, "The mac is wrong");
    }
    NewAccount account =
        new NewAccount(
            claimed.username(),
            claimed.password(),
            claimed.admin(),
            body.bool("inhibit_login", false) ? null : DeviceFields.read(body));
    return creation.create(account).map(RegisterResource::reply);
  }

  /** NUL separates what the mac covers, so none of it may contain one. */
  private static String withoutNul(Body body, String field) {
    String value = body.requiredString(field);
    if (value.isEmpty() || value.indexOf('\0') >= 0) {
      throw new BadRequest(ErrorCode.INVALID_PARAM, field + " is empty or contains NUL");
    }
    return value;
  }
}
