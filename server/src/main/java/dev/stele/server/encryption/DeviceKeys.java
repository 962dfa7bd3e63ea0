package dev.stele.server.encryption;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.stele.api.ErrorCode;
import dev.stele.api.Limits;
import dev.stele.api.MatrixError;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The identity keys of a device. Client-server API, "Device keys". */
public final class DeviceKeys {
  private static final List<String> REQUIRED =
      List.of("user_id", "device_id", "algorithms", "keys", "signatures");

  private DeviceKeys() {}

  /**
   * What is wrong with the identity keys that a device wants to publish: their form, whose they
   * are, or the signature by the device's own Ed25519 key. Verifies a signature, which is no work
   * for an event loop.
   */
  public static Optional<MatrixError> complaint(ObjectNode keys, String userId, String deviceId) {
    return form(keys, userId, deviceId).or(() -> signature(keys, userId, deviceId));
  }

  /** What is wrong with everything but the signature. */
  static Optional<MatrixError> form(ObjectNode keys, String userId, String deviceId) {
    for (String field : REQUIRED) {
      if (!keys.hasNonNull(field)) {
        return Refusals.missing("device_keys." + field);
      }
    }
    if (!keys.path("user_id").asText().equals(userId)) {
      return Refusals.invalid("device_keys are those of another user");
    }
    if (!keys.path("device_id").asText().equals(deviceId)) {
      return Refusals.invalid("device_keys are those of another device");
    }
    if (!areStrings(keys.path("algorithms"))) {
      return Refusals.badJson("device_keys.algorithms must be an array of strings");
    }
    if (keys.toString().length() > Limits.MAX_DEVICE_KEYS_CHARS) {
      return Refusals.tooLarge("device_keys are too large");
    }
    return publicKeys(keys.path("keys"), deviceId).or(() -> signatures(keys.path("signatures")));
  }

  private static Optional<MatrixError> publicKeys(JsonNode keys, String deviceId) {
    if (!keys.isObject()) {
      return Refusals.badJson("device_keys.keys must be an object");
    }
    for (Map.Entry<String, JsonNode> key : keys.properties()) {
      String name = key.getKey();
      if (!name.endsWith(":" + deviceId) || name.length() == deviceId.length() + 1) {
        return Refusals.invalid("device_keys.keys names a key that is not this device's");
      }
      if (!key.getValue().isTextual()) {
        return Refusals.badJson("device_keys.keys must hold strings");
      }
      boolean known =
          name.equals(PublicKeys.ED25519 + deviceId) || name.equals("curve25519:" + deviceId);
      if (known && !PublicKeys.isKey(key.getValue())) {
        return Refusals.invalid(
            "device_keys.keys has a key that is not 32 bytes in unpadded base64");
      }
    }
    return keys.has(PublicKeys.ED25519 + deviceId)
        ? Optional.empty()
        : Refusals.invalid("device_keys.keys has no Ed25519 key");
  }

  private static Optional<MatrixError> signatures(JsonNode signatures) {
    boolean wellFormed = signatures.isObject();
    for (JsonNode entity : signatures) {
      wellFormed = wellFormed && entity.isObject();
      for (JsonNode signature : entity) {
        wellFormed = wellFormed && signature.isTextual();
      }
    }
    return wellFormed
        ? Optional.empty()
        : Refusals.badJson("device_keys.signatures must hold objects of strings");
  }

  private static boolean areStrings(JsonNode node) {
    boolean strings = node.isArray();
    for (JsonNode element : node) {
      strings = strings && element.isTextual();
    }
    return strings;
  }

  private static Optional<MatrixError> signature(ObjectNode keys, String userId, String deviceId) {
    String keyId = PublicKeys.ED25519 + deviceId;
    return PublicKeys.signed(keys, userId, keyId, ed25519(keys, deviceId))
        ? Optional.empty()
        : Refusals.badSignature("device_keys are not signed by the device");
  }

  /** The key that a device signs with. */
  static String ed25519(ObjectNode keys, String deviceId) {
    return keys.path("keys").path(PublicKeys.ED25519 + deviceId).asText();
  }

  /**
   * Why these keys may not take the place of those that the device has. Whoever has sessions with a
   * device knows it by its keys, and refuses others under its name: a device that has lost its keys
   * has to log in as a new one.
   */
  static Optional<MatrixError> conflict(ObjectNode before, ObjectNode after) {
    for (Map.Entry<String, JsonNode> key : before.path("keys").properties()) {
      if (!key.getValue().equals(after.path("keys").get(key.getKey()))) {
        return Refusals.of(
            ErrorCode.INVALID_PARAM,
            "The device has another " + key.getKey() + "; log in anew to get another device");
      }
    }
    return Optional.empty();
  }
}
