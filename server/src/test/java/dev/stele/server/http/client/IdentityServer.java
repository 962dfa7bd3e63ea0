package dev.stele.server.http.client;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.stele.stateres.sign.Base64Unpadded;
import dev.stele.stateres.sign.JsonSignatures;
import dev.stele.stateres.sign.SigningKey;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpServer;
import io.vertx.core.http.HttpServerOptions;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.net.SelfSignedCertificate;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;

/** An identity server with just enough behind it to be asked by a homeserver. */
final class IdentityServer implements AutoCloseable {
  static final String TOKEN = "let-me-ask";
  private static final JsonMapper MAPPER = new JsonMapper();

  private final SelfSignedCertificate certificate = SelfSignedCertificate.create();
  private final SigningKey key = SigningKey.generate("0");
  private final HttpServer server;

  /** Who has bound which address. */
  final Map<String, String> bound = new ConcurrentHashMap<>();

  /** What was asked to be stored. */
  final List<JsonNode> stored = new CopyOnWriteArrayList<>();

  /** What to answer instead, by path. */
  final Map<String, Answer> instead = new ConcurrentHashMap<>();

  volatile String pepper = "pepper";
  volatile boolean valid = true;

  record Answer(int status, String json) {}

  IdentityServer(Vertx vertx) {
    server =
        vertx
            .createHttpServer(
                new HttpServerOptions()
                    .setSsl(true)
                    .setKeyCertOptions(certificate.keyCertOptions()))
            .requestHandler(this::serve)
            .listen(0, "127.0.0.1")
            .toCompletionStage()
            .toCompletableFuture()
            .join();
  }

  String name() {
    return "localhost:" + server.actualPort();
  }

  /** What the server signs for whoever has shown to own the address of a stored invite. */
  ObjectNode proof(String sender, String userId, String token) {
    ObjectNode proof =
        JsonNodeFactory.instance
            .objectNode()
            .put("sender", sender)
            .put("mxid", userId)
            .put("token", token);
    return JsonSignatures.sign(proof, name(), key);
  }

  private void serve(HttpServerRequest request) {
    request.body().onSuccess(body -> answer(request, body));
  }

  private void answer(HttpServerRequest request, Buffer body) {
    String path = request.path().replace("/_matrix/identity/v2", "");
    Answer special = instead.get(path);
    Answer answer =
        special != null
            ? special
            : path.startsWith("/pubkey/")
                ? new Answer(200, "{\"valid\":" + valid + "}")
                : !("Bearer " + TOKEN).equals(request.getHeader("Authorization"))
                    ? new Answer(401, "{\"errcode\":\"M_UNAUTHORIZED\"}")
                    : new Answer(200, answer(path, body));
    request.response().setStatusCode(answer.status()).end(answer.json());
  }

  private String answer(String path, Buffer body) {
    return switch (path) {
      case "/hash_details" ->
          "{\"lookup_pepper\":\"" + pepper + "\",\"algorithms\":[\"none\",\"sha256\"]}";
      case "/lookup" -> lookup(json(body)).toString();
      case "/store-invite" -> store(json(body)).toString();
      default -> throw new IllegalStateException(path);
    };
  }

  private ObjectNode lookup(JsonNode asked) {
    ObjectNode answer = JsonNodeFactory.instance.objectNode();
    ObjectNode mappings = answer.putObject("mappings");
    bound.forEach(
        (address, user) -> {
          String hash = hash(address + " email " + pepper);
          if (asked.path("addresses").toString().contains(hash)) {
            mappings.put(hash, user);
          }
        });
    return answer;
  }

  private ObjectNode store(JsonNode asked) {
    stored.add(asked);
    ObjectNode answer = JsonNodeFactory.instance.objectNode();
    answer.put("token", "token" + stored.size()).put("display_name", "b...@e...");
    answer
        .putArray("public_keys")
        .addObject()
        .put("public_key", Base64Unpadded.encode(key.publicKey()))
        .put("key_validity_url", "https://" + name() + "/_matrix/identity/v2/pubkey/isvalid");
    return answer;
  }

  private static JsonNode json(Buffer body) {
    try {
      return MAPPER.readTree(body.getBytes());
    } catch (IOException e) {
      throw new IllegalStateException(e);
    }
  }

  private static String hash(String text) {
    try {
      byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
      return Base64Unpadded.encodeUrlSafe(MessageDigest.getInstance("SHA-256").digest(bytes));
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException(e);
    }
  }

  @Override
  public void close() {
    server.close().toCompletionStage().toCompletableFuture().join();
    certificate.delete();
  }
}
