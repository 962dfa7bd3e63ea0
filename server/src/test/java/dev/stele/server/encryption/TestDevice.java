package dev.stele.server.encryption;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.stele.server.testing.TestServer;
import dev.stele.server.testing.TestServer.Answer;
import dev.stele.server.testing.TestServer.Client;
import dev.stele.stateres.sign.Base64Unpadded;
import dev.stele.stateres.sign.JsonSignatures;
import java.security.SecureRandom;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicInteger;

/** A user's device with keys of its own, which it can publish. */
final class TestDevice {
  private static final JsonNodeFactory JSON = JsonNodeFactory.instance;
  private static final SecureRandom RANDOM = new SecureRandom();
  private static final AtomicInteger USERS = new AtomicInteger();

  final Client client;
  final String userId;
  final String deviceId;
  final TestKey key;
  final String curve = randomKey();

  TestDevice(Client client) {
    this.client = client;
    this.userId = client.userId();
    this.deviceId = client.get("/account/whoami").ok().path("device_id").asText();
    this.key = TestKey.ofDevice(deviceId);
  }

  /** A new user on their first device. */
  static TestDevice register(TestServer server) {
    return new TestDevice(server.register("user" + USERS.incrementAndGet()));
  }

  /** The same user on another device. */
  TestDevice another() {
    return new TestDevice(client.otherDevice());
  }

  static String randomKey() {
    byte[] bytes = new byte[32];
    RANDOM.nextBytes(bytes);
    return Base64Unpadded.encode(bytes);
  }

  /** The identity keys, not signed. */
  ObjectNode unsignedDeviceKeys() {
    ObjectNode keys = JSON.objectNode().put("user_id", userId).put("device_id", deviceId);
    keys.putArray("algorithms").add("m.olm.v1.curve25519-aes-sha2").add("m.megolm.v1.aes-sha2");
    keys.putObject("keys").put("curve25519:" + deviceId, curve).put(key.keyId(), key.publicKey());
    return keys;
  }

  ObjectNode deviceKeys() {
    return sign(unsignedDeviceKeys());
  }

  ObjectNode sign(ObjectNode object) {
    return JsonSignatures.sign(object, userId, key);
  }

  /** A new one-time key. */
  ObjectNode oneTimeKey() {
    return sign(JSON.objectNode().put("key", randomKey()));
  }

  ObjectNode fallbackKey() {
    return sign(JSON.objectNode().put("key", randomKey()).put("fallback", true));
  }

  /** New one-time keys with these ids. */
  ObjectNode oneTimeKeys(String... ids) {
    ObjectNode keys = JSON.objectNode();
    for (String id : ids) {
      keys.set("signed_curve25519:" + id, oneTimeKey());
    }
    return keys;
  }

  /** Publishes the identity keys, and new one-time keys with these ids. */
  TestDevice published(String... oneTimeKeyIds) {
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
