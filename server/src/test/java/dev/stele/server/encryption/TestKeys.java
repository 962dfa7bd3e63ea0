package dev.stele.server.encryption;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.stele.stateres.sign.Base64Unpadded;
import dev.stele.stateres.sign.JsonSignatures;
import java.security.SecureRandom;

/** The keys of a device, and what it signs with them. */
class TestKeys {
  private static final JsonNodeFactory JSON = JsonNodeFactory.instance;
  private static final SecureRandom RANDOM = new SecureRandom();

  final String userId;
  final String deviceId;
  final TestKey key;
  final String curve = randomKey();

  TestKeys(String userId, String deviceId) {
    this.userId = userId;
    this.deviceId = deviceId;
    this.key = TestKey.ofDevice(deviceId);
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
}
