package dev.stele.server.http.client;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.stele.api.Endpoint;
import dev.stele.api.ErrorCode;
import dev.stele.api.Limits;
import dev.stele.api.MatrixError;
import dev.stele.server.encryption.CrossSigningUpload;
import dev.stele.server.encryption.CrossSigningUploaded;
import dev.stele.server.encryption.CrossSigningUploads;
import dev.stele.server.encryption.SignatureUploads;
import dev.stele.server.encryption.SignatureUploads.SignedKey;
import dev.stele.server.http.BadRequest;
import dev.stele.server.http.Bindings;
import dev.stele.server.http.Body;
import dev.stele.server.http.Exchange;
import dev.stele.server.http.Reply;
import dev.stele.server.http.Resource;
import io.vertx.core.Future;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * Keys that sign devices and users, and what they have signed. Client-server API, "Cross-signing".
 */
final class CrossSigningResource implements Resource {
  private final CrossSigningUploads keys;
  private final SignatureUploads signatures;
  private final UserConfirmation confirmation;

  CrossSigningResource(
      CrossSigningUploads keys, SignatureUploads signatures, UserConfirmation confirmation) {
    this.keys = keys;
    this.signatures = signatures;
    this.confirmation = confirmation;
  }

  @Override
  public void bind(Bindings bindings) {
    bindings
        .on(Endpoint.UPLOAD_CROSS_SIGNING_KEYS, this::uploadKeys)
        .on(Endpoint.UPLOAD_CROSS_SIGNING_SIGNATURES, this::uploadSignatures);
  }

  /**
   * The first keys of a user, and those that are there already, need no confirmation. A client that
   * goes on with a session of confirmation need not send the keys again.
   */
  private Future<Reply> uploadKeys(Exchange exchange) {
    String userId = exchange.requester().userId();
    Body body = exchange.body();
    return body.node().size() == 1 && body.has("auth")
        ? confirm(exchange, userId)
        : keys.upload(userId, upload(body), false)
            .compose(
                uploaded ->
                    uploaded instanceof CrossSigningUploaded.Unconfirmed
                        ? confirm(exchange, userId)
                        : Future.succeededFuture(reply(uploaded)));
  }

  private Future<Reply> confirm(Exchange exchange, String userId) {
    return confirmation.require(
        exchange,
        parameters ->
            keys.upload(userId, upload(parameters), true).map(CrossSigningResource::reply));
  }

  private static CrossSigningUpload upload(Body body) {
    return new CrossSigningUpload(
        body.object("master_key"),
        body.object("self_signing_key"),
        body.object("user_signing_key"));
  }

  private static Reply reply(CrossSigningUploaded uploaded) {
    return uploaded instanceof CrossSigningUploaded.Refused refused
        ? Reply.error(refused.error())
        : Reply.empty();
  }

  private Future<Reply> uploadSignatures(Exchange exchange) {
    Map<SignedKey, JsonNode> signed = new LinkedHashMap<>();
    for (Map.Entry<String, JsonNode> user : exchange.body().node().properties()) {
      if (!user.getValue().isObject()) {
        throw new BadRequest(ErrorCode.BAD_JSON, "Signed keys must stand in objects by user ids");
      }
      String userId = Identifiers.user(user.getKey()).value();
      for (Map.Entry<String, JsonNode> key : user.getValue().properties()) {
        signed.put(new SignedKey(userId, key.getKey()), key.getValue());
      }
    }
    if (signed.size() > Limits.MAX_SIGNED_KEYS) {
      throw new BadRequest(
          ErrorCode.TOO_LARGE, "At most " + Limits.MAX_SIGNED_KEYS + " keys can be signed at once");
    }
    return signatures.upload(exchange.requester().userId(), signed).map(this::failures);
  }

  private Reply failures(Map<SignedKey, MatrixError> failures) {
    ObjectNode answer = JsonNodeFactory.instance.objectNode();
    ObjectNode users = answer.putObject("failures");
    failures.forEach(
        (key, error) -> {
          ObjectNode ofUser =
              users.get(key.userId()) instanceof ObjectNode object
                  ? object
                  : users.putObject(key.userId());
          ofUser
              .putObject(key.keyId())
              .put("errcode", error.code().wire())
              .put("error", error.message());
        });
    return Reply.ok(answer);
  }
}
