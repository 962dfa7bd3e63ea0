package dev.stele.server.encryption;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.stele.api.Limits;
import dev.stele.api.MatrixError;
import dev.stele.server.projection.KeyIds;
import java.nio.charset.StandardCharsets;
import java.util.HashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * The one-time keys, or the fallback keys, that a device wants to publish. Client-server API,
 * "One-time and fallback keys" and "Key algorithms".
 *
 * <p>A key is a string, or an object that carries the signature of the device. Those of Olm are
 * objects; keys of algorithms that are not known may be either.
 */
final class OneTimeKeys {
  private static final String SIGNED = "signed_curve25519";
  private static final String UNSIGNED = "curve25519";

  private OneTimeKeys() {}

  /**
   * What is wrong with everything but the signatures.
   *
   * @param field where the keys stand in the request
   */
  static Optional<MatrixError> form(String field, ObjectNode keys) {
    if (keys.size() > Limits.MAX_ONE_TIME_KEYS) {
      return Refusals.tooLarge(field + " has more than " + Limits.MAX_ONE_TIME_KEYS + " keys");
    }
    for (Map.Entry<String, JsonNode> key : keys.properties()) {
      Optional<MatrixError> complaint = form(field, key.getKey(), key.getValue());
      if (complaint.isPresent()) {
        return complaint;
      }
    }
    return Optional.empty();
  }

  /** What is wrong with fallback keys, of which there is one for each algorithm. */
  static Optional<MatrixError> fallbackForm(String field, ObjectNode keys) {
    Set<String> algorithms = new HashSet<>();
    for (Map.Entry<String, JsonNode> key : keys.properties()) {
      if (!algorithms.add(KeyIds.algorithm(key.getKey()))) {
        return Refusals.invalid(field + " has two keys of one algorithm");
      }
    }
    return keys.size() > Limits.MAX_FALLBACK_KEYS
        ? Refusals.tooLarge(field + " has more than " + Limits.MAX_FALLBACK_KEYS + " keys")
        : form(field, keys);
  }

  private static Optional<MatrixError> form(String field, String keyId, JsonNode key) {
    String algorithm = KeyIds.algorithm(keyId);
    if (!isKeyId(keyId)) {
      return Refusals.invalid(field + " has a key whose name is not <algorithm>:<id>");
    }
    if (key.isTextual() ? algorithm.equals(SIGNED) : !isSigned(key)) {
      return Refusals.badJson(field + ": a signed key is an object with a key and signatures");
    }
    if (key.toString().length() > Limits.MAX_ONE_TIME_KEY_CHARS) {
      return Refusals.tooLarge(field + " has a key that is too large");
    }
    boolean known = algorithm.equals(SIGNED) || algorithm.equals(UNSIGNED);
    return !known || PublicKeys.isKey(key.isTextual() ? key : key.path("key"))
        ? Optional.empty()
        : Refusals.invalid(field + " has a key that is not 32 bytes in unpadded base64");
  }

  private static boolean isKeyId(String keyId) {
    int colon = keyId.indexOf(':');
    return colon > 0
        && colon < keyId.length() - 1
        && keyId.chars().noneMatch(Character::isISOControl)
        && keyId.getBytes(StandardCharsets.UTF_8).length <= Limits.MAX_ID_BYTES;
  }

  private static boolean isSigned(JsonNode key) {
    JsonNode fallback = key.path("fallback");
    return key.isObject()
        && key.path("key").isTextual()
        && key.path("signatures").isObject()
        && (fallback.isMissingNode() || fallback.isBoolean());
  }

  /** Whether any of these keys carries a signature to be verified. */
  static boolean areSigned(ObjectNode keys) {
    for (JsonNode key : keys) {
      if (key.isObject()) {
        return true;
      }
    }
    return false;
  }

  /** What is wrong with the signatures. Takes its time. */
  static Optional<MatrixError> signatures(
      ObjectNode keys, String userId, String deviceId, String ed25519) {
    for (Map.Entry<String, JsonNode> key : keys.properties()) {
      if (key.getValue() instanceof ObjectNode object
          && !PublicKeys.signed(object, userId, PublicKeys.ED25519 + deviceId, ed25519)) {
        return Refusals.badSignature("The key " + key.getKey() + " is not signed by the device");
      }
    }
    return Optional.empty();
  }
}
