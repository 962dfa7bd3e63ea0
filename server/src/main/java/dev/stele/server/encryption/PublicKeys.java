package dev.stele.server.encryption;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.stele.stateres.sign.Base64Unpadded;
import dev.stele.stateres.sign.JsonSignatures;
import dev.stele.stateres.sign.Verifier;
import java.util.Set;

/** Public keys in JSON, and what they have signed. */
final class PublicKeys {
  static final String ED25519 = "ed25519:";

  private static final int KEY_BYTES = 32;
  private static final Set<String> NOT_SIGNED = Set.of("signatures", "unsigned");

  private PublicKeys() {}

  /** Whether this is a key of 32 bytes, as those of Ed25519 and Curve25519, in unpadded base64. */
  static boolean isKey(JsonNode node) {
    return node.isTextual()
        && !node.textValue().endsWith("=")
        && Base64Unpadded.decode(node.textValue())
            .filter(bytes -> bytes.length == KEY_BYTES)
            .isPresent();
  }

  /**
   * Whether an object carries a user's signature by a key, and it is right.
   *
   * @param keyId the key's id, as it stands in the object's signatures
   * @param publicKey the key itself, in base64
   */
  static boolean signed(ObjectNode object, String userId, String keyId, String publicKey) {
    return Verifier.ofBase64(publicKey)
        .filter(verifier -> JsonSignatures.verify(object, userId, keyId, verifier))
        .isPresent();
  }

  /** Whether two objects say the same, whoever has signed them. */
  static boolean same(JsonNode one, JsonNode other) {
    return signedPart(one).equals(signedPart(other));
  }

  /** What signatures of an object cover. */
  static JsonNode signedPart(JsonNode node) {
    return node instanceof ObjectNode object ? object.deepCopy().without(NOT_SIGNED) : node;
  }

  /** A copy of an object that carries this one signature, if the object has it, and no other. */
  static ObjectNode withOnlySignature(ObjectNode object, String userId, String keyId) {
    ObjectNode copy = object.deepCopy().without(NOT_SIGNED);
    JsonNode signature = object.path("signatures").path(userId).get(keyId);
    if (signature != null) {
      copy.putObject("signatures").putObject(userId).set(keyId, signature);
    }
    return copy;
  }
}
