package dev.stele.server.identity;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.MissingNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.stele.api.ErrorCode;
import dev.stele.api.MatrixError;
import dev.stele.server.identity.IdentityAnswer.Failed;
import dev.stele.server.identity.IdentityAnswer.Told;
import dev.stele.server.outgoing.OutgoingClient;
import dev.stele.server.outgoing.OutgoingRequest;
import dev.stele.server.outgoing.OutgoingResult;
import dev.stele.stateres.id.UserId;
import dev.stele.stateres.sign.Base64Unpadded;
import io.vertx.core.Future;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpMethod;
import java.io.IOException;
import java.net.URI;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Asks identity servers, with the tokens of those who want to know. Thread-safe. */
public final class IdentityServers {
  private static final JsonMapper MAPPER = new JsonMapper();
  private static final String BASE = "/_matrix/identity/v2";
  private static final int BAD_GATEWAY = 502;
  private static final int GATEWAY_TIMEOUT = 504;

  private final OutgoingClient client;

  public IdentityServers(OutgoingClient client) {
    this.client = client;
  }

  /** The user id that somebody has bound; empty if they have bound none. */
  public Future<IdentityAnswer<Optional<String>>> lookup(ThirdPartyId id) {
    return lookup(id, true);
  }

  /**
   * @param again whether to ask once more if the pepper has changed since it was read
   */
  private Future<IdentityAnswer<Optional<String>>> lookup(ThirdPartyId id, boolean again) {
    return ask(id, "/hash_details", null)
        .compose(
            answer ->
                answer.then(
                    details -> {
                      String pepper = details.path("lookup_pepper").asText();
                      String hash = hash(id, pepper);
                      return ask(id, "/lookup", lookupBody(hash, pepper))
                          .compose(
                              found ->
                                  again && isStale(found)
                                      ? lookup(id, false)
                                      : found.then(mappings -> mapped(mappings, hash)));
                    }));
  }

  private static ObjectNode lookupBody(String hash, String pepper) {
    ObjectNode body = JsonNodeFactory.instance.objectNode();
    body.put("algorithm", "sha256").put("pepper", pepper).putArray("addresses").add(hash);
    return body;
  }

  private static boolean isStale(IdentityAnswer<JsonNode> answer) {
    return answer instanceof Failed<JsonNode> failed
        && "M_INVALID_PEPPER".equals(failed.error().fields().get("identity_errcode"));
  }

  private static Future<IdentityAnswer<Optional<String>>> mapped(JsonNode answer, String hash) {
    String userId = answer.path("mappings").path(hash).textValue();
    return Future.succeededFuture(
        userId != null && !UserId.isValid(userId)
            ? new Failed<>(nonsense())
            : new Told<>(Optional.ofNullable(userId)));
  }

  private static String hash(ThirdPartyId id, String pepper) {
    String text = id.address() + " " + id.medium() + " " + pepper;
    try {
      return Base64Unpadded.encodeUrlSafe(
          MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8)));
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every JVM has SHA-256", e);
    }
  }

  /**
   * Has an invite kept, and somebody told of it.
   *
   * @param details what the server may say about the room and the inviter
   */
  public Future<IdentityAnswer<StoredInvite>> storeInvite(ThirdPartyId id, ObjectNode details) {
    ObjectNode body = details.deepCopy();
    body.put("medium", id.medium()).put("address", id.address());
    return ask(id, "/store-invite", body)
        .compose(
            answer ->
                answer.then(
                    stored ->
                        Future.succeededFuture(
                            StoredInvite.read(id.server(), stored)
                                .<IdentityAnswer<StoredInvite>>map(Told::new)
                                .orElseGet(() -> new Failed<>(nonsense())))));
  }

  /**
   * Whether a key that has signed an invite has not been revoked since.
   *
   * @param url the {@code key_validity_url} that came with the key
   */
  public Future<IdentityAnswer<Boolean>> isValid(String url, String publicKey) {
    Optional<URI> uri = validity(url, publicKey);
    return uri.isEmpty()
        ? Future.succeededFuture(new Told<>(false))
        : client
            .send(new OutgoingRequest(HttpMethod.GET, uri.get(), Map.of(), null))
            .map(IdentityServers::read)
            .compose(
                answer ->
                    answer.then(
                        told ->
                            Future.succeededFuture(
                                new Told<>(told.path("valid").asBoolean(false)))));
  }

  private static Optional<URI> validity(String url, String publicKey) {
    try {
      URI uri =
          URI.create(
              url
                  + (url.contains("?") ? "&" : "?")
                  + "public_key="
                  + URLEncoder.encode(publicKey, StandardCharsets.UTF_8));
      return "https".equals(uri.getScheme()) && uri.getHost() != null
          ? Optional.of(uri)
          : Optional.empty();
    } catch (IllegalArgumentException e) {
      return Optional.empty();
    }
  }

  private Future<IdentityAnswer<JsonNode>> ask(
      ThirdPartyId id, String path, @Nullable ObjectNode body) {
    URI uri = URI.create("https://" + id.server() + BASE + path);
    return client
        .send(
            new OutgoingRequest(
                body == null ? HttpMethod.GET : HttpMethod.POST,
                uri,
                Map.of("Authorization", "Bearer " + id.accessToken()),
                body == null ? null : Buffer.buffer(body.toString())))
        .map(IdentityServers::read);
  }

  private static IdentityAnswer<JsonNode> read(OutgoingResult result) {
    if (result instanceof OutgoingResult.Answered answered) {
      JsonNode json = json(answered.body());
      return answered.status() == 200 && json.isObject()
          ? new Told<>(json)
          : new Failed<>(refusal(answered.status(), json));
    }
    if (result instanceof OutgoingResult.NoAnswer none) {
      return new Failed<>(
          MatrixError.of(ErrorCode.UNKNOWN, "The identity server does not answer")
              .withStatus(none.late() ? GATEWAY_TIMEOUT : BAD_GATEWAY));
    }
    return new Failed<>(
        MatrixError.of(
            ErrorCode.SERVER_NOT_TRUSTED, "This server may not talk to that identity server"));
  }

  private static JsonNode json(Buffer body) {
    try {
      return MAPPER.readTree(body.getBytes());
    } catch (IOException e) {
      return MissingNode.getInstance();
    }
  }

  /** What users can do something about is passed on; a 401 of theirs is none of ours. */
  private static MatrixError refusal(int status, JsonNode json) {
    String code = json.path("errcode").asText();
    MatrixError error =
        switch (code) {
          case "M_TERMS_NOT_SIGNED" ->
              MatrixError.of(
                  ErrorCode.TERMS_NOT_SIGNED, "The terms of the identity server are not accepted");
          case "M_THREEPID_IN_USE" ->
              MatrixError.of(ErrorCode.THREEPID_IN_USE, "The address has a user by now");
          case "M_UNRECOGNIZED" ->
              MatrixError.of(
                  ErrorCode.THREEPID_MEDIUM_NOT_SUPPORTED,
                  "The identity server cannot invite by this medium");
          default ->
              status == 401 || status == 403
                  ? MatrixError.of(
                      ErrorCode.FORBIDDEN, "The identity server does not accept the token")
                  : nonsense();
        };
    return code.isEmpty() ? error : error.withField("identity_errcode", code);
  }

  private static MatrixError nonsense() {
    return MatrixError.of(ErrorCode.UNKNOWN, "The identity server gives no useful answer")
        .withStatus(BAD_GATEWAY);
  }
}
