package dev.stele.stateres.sign;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.stele.stateres.json.CanonicalJson;
import dev.stele.stateres.json.CanonicalJson.Numbers;
import dev.stele.stateres.json.InvalidJson;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Signatures of JSON objects: over Canonical JSON, without {@code signatures} and {@code unsigned}.
 *
 * @see <a href="https://spec.matrix.org/v1.19/appendices/#signing-json">Signing JSON</a>
 */
public final class JsonSignatures {
  private static final String SIGNATURES = "signatures";
  private static final Set<String> NOT_SIGNED = Set.of(SIGNATURES, "unsigned");

  private JsonSignatures() {}

  /** What a signature of the object covers. */
  public static byte[] signedBytes(ObjectNode object, Numbers numbers) {
    return CanonicalJson.encodeWithout(object, NOT_SIGNED, numbers);
  }

  /**
   * A copy of the object with the entity's signature added to those that it has.
   *
   * @throws InvalidJson if the object has no Canonical JSON
   */
  public static ObjectNode sign(ObjectNode object, String entity, Signer signer) {
    byte[] signature = signer.sign(signedBytes(object, Numbers.STRICT));
    return withSignature(object, entity, signer.keyId(), signature);
  }

  /** A copy of the object that also carries the given signature. Shares what it does not change. */
  public static ObjectNode withSignature(
      ObjectNode object, String entity, String keyId, byte[] signature) {
    ObjectNode signatures = copyOf(object.get(SIGNATURES));
    ObjectNode own = copyOf(signatures.get(entity));
    own.put(keyId, Base64Unpadded.encode(signature));
    signatures.set(entity, own);
    ObjectNode signed = copyOf(object);
    signed.set(SIGNATURES, signatures);
    return signed;
  }

  private static ObjectNode copyOf(@Nullable JsonNode node) {
    ObjectNode copy = JsonNodeFactory.instance.objectNode();
    if (node instanceof ObjectNode object) {
      var unused = copy.setAll(object);
    }
    return copy;
  }

  /**
   * Whether the object carries the signature of {@code entity} by the key {@code keyId}, and the
   * verifier confirms it. Never throws: an object without Canonical JSON has no valid signature.
   */
  public static boolean verify(ObjectNode object, String entity, String keyId, Verifier verifier) {
    return verify(object, entity, keyId, verifier, Numbers.STRICT);
  }

  /** As {@link #verify(ObjectNode, String, String, Verifier)}, with the given care for numbers. */
  public static boolean verify(
      ObjectNode object, String entity, String keyId, Verifier verifier, Numbers numbers) {
    Optional<byte[]> signature = signatureOf(object, entity, keyId);
    if (signature.isEmpty()) {
      return false;
    }
    try {
      return verifier.verify(signedBytes(object, numbers), signature.get());
    } catch (InvalidJson e) {
      return false;
    }
  }

  /** The bytes of one signature, if the object carries it and it is Base64. */
  public static Optional<byte[]> signatureOf(ObjectNode object, String entity, String keyId) {
    JsonNode text = object.path(SIGNATURES).path(entity).path(keyId);
    return text.isTextual() ? Base64Unpadded.decode(text.textValue()) : Optional.empty();
  }

  /** The ids of the Ed25519 keys by which {@code entity} claims to have signed the object. */
  public static List<String> keyIdsOf(ObjectNode object, String entity) {
    var ids = new ArrayList<String>();
    object
        .path(SIGNATURES)
        .path(entity)
        .fieldNames()
        .forEachRemaining(
            id -> {
              if (id.startsWith("ed25519:")) {
                ids.add(id);
              }
            });
    return ids;
  }
}
