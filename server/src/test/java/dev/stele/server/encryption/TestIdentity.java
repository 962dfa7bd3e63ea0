package dev.stele.server.encryption;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.google.errorprone.annotations.CanIgnoreReturnValue;
import dev.stele.server.testing.TestServer.Answer;
import dev.stele.stateres.sign.JsonSignatures;

/** The cross-signing keys of a user, which they can publish. */
final class TestIdentity {
  private static final JsonNodeFactory JSON = JsonNodeFactory.instance;

  final TestDevice device;
  final String userId;
  final TestKey master = TestKey.ofCrossSigning();
  final TestKey selfSigning = TestKey.ofCrossSigning();
  final TestKey userSigning = TestKey.ofCrossSigning();

  TestIdentity(TestDevice device) {
    this.device = device;
    this.userId = device.userId;
  }

  ObjectNode key(String usage, TestKey key) {
    ObjectNode object = JSON.objectNode().put("user_id", userId);
    object.putArray("usage").add(usage);
    object.putObject("keys").put(key.keyId(), key.publicKey());
    return object;
  }

  ObjectNode masterKey() {
    return key("master", master);
  }

  ObjectNode signedByMaster(String usage, TestKey key) {
    return sign(key(usage, key), master);
  }

  /** What publishes all three keys. */
  ObjectNode keys() {
    ObjectNode body = JSON.objectNode();
    body.set("master_key", masterKey());
    body.set("self_signing_key", signedByMaster("self_signing", selfSigning));
    body.set("user_signing_key", signedByMaster("user_signing", userSigning));
    return body;
  }

  @CanIgnoreReturnValue
  TestIdentity published() {
    upload(keys()).ok();
    return this;
  }

  Answer upload(ObjectNode body) {
    return device.client.post("/keys/device_signing/upload", body.toString());
  }

  /** Publishes, and confirms it by the password. */
  Answer uploadConfirmed(ObjectNode body) {
    Answer asked = upload(body);
    ObjectNode confirmed = body.deepCopy();
    confirmed
        .putObject("auth")
        .put("type", "m.login.password")
        .put("session", asked.json().path("session").asText())
        .put("password", "password")
        .putObject("identifier")
        .put("type", "m.id.user")
        .put("user", userId);
    return upload(confirmed);
  }

  ObjectNode sign(ObjectNode object, TestKey key) {
    return JsonSignatures.sign(object, userId, key);
  }

  /** Uploads a signed key; why that failed, or nothing. */
  @CanIgnoreReturnValue
  JsonNode uploadSigned(String owner, String keyId, JsonNode signed) {
    ObjectNode body = JSON.objectNode();
    body.putObject(owner).set(keyId, signed);
    return device
        .client
        .post("/keys/signatures/upload", body.toString())
        .ok()
        .path("failures")
        .path(owner)
        .path(keyId);
  }

  /** Signs another user. */
  @CanIgnoreReturnValue
  JsonNode verify(TestIdentity other) {
    return uploadSigned(
        other.userId, other.master.publicKey(), sign(other.masterKey(), userSigning));
  }

  /** Signs one of the user's devices. */
  @CanIgnoreReturnValue
  JsonNode sign(TestDevice own) {
    return uploadSigned(userId, own.deviceId, sign(own.unsignedDeviceKeys(), selfSigning));
  }

  /** What somebody sees of one of the keys. */
  JsonNode seenBy(TestDevice viewer, String usage) {
    return viewer.query(userId).path(usage + "_keys").path(userId);
  }

  /** The ids of the keys that have signed an object for a user. */
  static Iterable<String> signers(JsonNode object, String userId) {
    return () -> object.path("signatures").path(userId).fieldNames();
  }
}
