package dev.stele.server.encryption;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.google.errorprone.annotations.CanIgnoreReturnValue;
import dev.stele.server.testing.TestServer;
import dev.stele.server.testing.TestServer.Answer;
import dev.stele.server.testing.TestServer.Client;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicInteger;

/** A user's device with keys of its own, which it can publish. */
public final class TestDevice extends TestKeys {
  private static final JsonNodeFactory JSON = JsonNodeFactory.instance;
  private static final AtomicInteger USERS = new AtomicInteger();

  final Client client;

  public TestDevice(Client client) {
    super(client.userId(), client.get("/account/whoami").ok().path("device_id").asText());
    this.client = client;
  }

  /** A new user on their first device. */
  static TestDevice register(TestServer server) {
    return new TestDevice(server.register("user" + USERS.incrementAndGet()));
  }

  /** The same user on another device. */
  @CanIgnoreReturnValue
  TestDevice another() {
    return new TestDevice(client.otherDevice());
  }

  /** Publishes the identity keys, and new one-time keys with these ids. */
  @CanIgnoreReturnValue
  public TestDevice published(String... oneTimeKeyIds) {
    ObjectNode body = JSON.objectNode();
    body.set("device_keys", deviceKeys());
    body.set("one_time_keys", oneTimeKeys(oneTimeKeyIds));
    upload(body).ok();
    return this;
  }

  Answer upload(ObjectNode body) {
    return client.post("/keys/upload", body.toString());
  }

  Answer upload(String field, JsonNode keys) {
    return upload(JSON.objectNode().set(field, keys));
  }

  Answer uploadFallback(String id, ObjectNode key) {
    return upload("fallback_keys", JSON.objectNode().set("signed_curve25519:" + id, key));
  }

  /** How many one-time keys of Olm there are. */
  int count() {
    return upload(JSON.objectNode())
        .ok()
        .path("one_time_key_counts")
        .path("signed_curve25519")
        .asInt();
  }

  /** What somebody finds out of this device's keys. */
  JsonNode seenBy(TestDevice viewer) {
    return viewer.query(userId).path("device_keys").path(userId).path(deviceId);
  }

  /** The answer to a question for all keys of these users. */
  JsonNode query(String... userIds) {
    ObjectNode users = JSON.objectNode();
    for (String user : userIds) {
      users.putArray(user);
    }
    return client.post("/keys/query", JSON.objectNode().set("device_keys", users).toString()).ok();
  }

  /** Claims a key of another device; the key's id and the key, or nothing. */
  @CanIgnoreReturnValue
  JsonNode claim(TestDevice other) {
    return claimed(claimLater(other).join(), other);
  }

  CompletableFuture<Answer> claimLater(TestDevice other) {
    ObjectNode body = JSON.objectNode();
    body.putObject("one_time_keys")
        .putObject(other.userId)
        .put(other.deviceId, "signed_curve25519");
    return client.postLater("/keys/claim", body.toString());
  }

  static JsonNode claimed(Answer answer, TestDevice other) {
    return answer.ok().path("one_time_keys").path(other.userId).path(other.deviceId);
  }
}
