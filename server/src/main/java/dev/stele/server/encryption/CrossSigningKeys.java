package dev.stele.server.encryption;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.stele.api.Limits;
import dev.stele.api.MatrixError;
import dev.stele.server.projection.CrossSigningRow;
import java.util.Map;
import java.util.Optional;

/** The form of cross-signing keys. Client-server API, "Cross-signing". */
final class CrossSigningKeys {
  private CrossSigningKeys() {}

  /** What is wrong with keys but for their signatures. */
  static Optional<MatrixError> form(Map<String, ObjectNode> keys, String userId) {
    if (keys.isEmpty()) {
      return Refusals.missing("master_key");
    }
    for (Map.Entry<String, ObjectNode> key : keys.entrySet()) {
      Optional<MatrixError> complaint = form(key.getKey(), key.getValue(), userId);
      if (complaint.isPresent()) {
        return complaint;
      }
    }
    return Optional.empty();
  }

  private static Optional<MatrixError> form(String usage, ObjectNode key, String userId) {
    String name = usage + "_key";
    if (!key.path("user_id").asText().equals(userId)) {
      return Refusals.invalid(name + " is not of this user");
    }
    if (!contains(key.path("usage"), usage)) {
      return Refusals.invalid(name + " is not for this use");
    }
    if (key.toString().length() > Limits.MAX_DEVICE_KEYS_CHARS) {
      return Refusals.tooLarge(name + " is too large");
    }
    JsonNode publicKeys = key.path("keys");
    String publicKey = CrossSigningRow.publicKey(key);
    return publicKeys.isObject()
            && publicKeys.size() == 1
            && PublicKeys.isKey(publicKeys.path(PublicKeys.ED25519 + publicKey))
        ? Optional.empty()
        : Refusals.invalid(name + " must hold one Ed25519 key, named by itself");
  }

  private static boolean contains(JsonNode usages, String usage) {
    boolean found = false;
    for (JsonNode each : usages) {
      found = found || each.asText().equals(usage);
    }
    return usages.isArray() && found;
  }
}
