package dev.stele.server.encryption;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.stele.api.ErrorCode;
import dev.stele.api.MatrixError;
import dev.stele.server.encryption.SignatureUploads.SignedKey;
import dev.stele.server.encryption.Signer.Target;
import dev.stele.server.projection.KeySignatureRow;
import dev.stele.server.record.Fact;
import dev.stele.server.record.KeySignature;
import dev.stele.server.record.KeySignaturesUploaded;
import dev.stele.server.record.UsersVerified;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Decides which uploaded signatures are stored. Verifies them: takes its time.
 *
 * <p>Only signatures by whoever uploads them count. Of an object, either all of them are right and
 * by keys that may sign it, or none is stored. Signatures by keys that are not known are passed
 * over, as long as there is another: clients send along what they once got, and a device that has
 * signed may be gone.
 */
final class SignatureDecision {
  private final Signer signer;
  private final Set<KeySignature> known = new HashSet<>();
  private final List<KeySignature> own = new ArrayList<>();
  private final List<KeySignature> others = new ArrayList<>();
  private final Map<SignedKey, MatrixError> failures = new LinkedHashMap<>();

  private SignatureDecision(Signer signer, List<KeySignatureRow> known) {
    this.signer = signer;
    known.stream()
        .filter(row -> row.signerId().equals(signer.userId()))
        .map(row -> new KeySignature(row.userId(), row.keyId(), row.signerKeyId(), row.signature()))
        .forEach(this.known::add);
  }

  static SignatureDecision of(
      Signer signer, List<KeySignatureRow> known, Map<SignedKey, JsonNode> signed) {
    SignatureDecision decision = new SignatureDecision(signer, known);
    signed.forEach(
        (key, object) ->
            decision.take(key, object).ifPresent(error -> decision.failures.put(key, error)));
    return decision;
  }

  /** What is wrong with a signed object; empty if its signatures are taken. */
  private Optional<MatrixError> take(SignedKey key, JsonNode object) {
    Optional<Target> target = signer.target(key);
    if (target.isEmpty()) {
      return Refusals.of(ErrorCode.NOT_FOUND, "There is no such key to sign");
    }
    if (!(object instanceof ObjectNode uploaded)) {
      return Refusals.badJson("The signed key is not an object");
    }
    if (!PublicKeys.same(target.get().key(), uploaded)) {
      return Refusals.badSignature("This is not the key as it was published");
    }
    List<KeySignature> verified = new ArrayList<>();
    for (Map.Entry<String, JsonNode> signature :
        uploaded.path("signatures").path(signer.userId()).properties()) {
      String id = signature.getKey();
      String publicKey = target.get().signers().get(id);
      if (publicKey == null ? signer.owns(id) : !signed(uploaded, id, publicKey)) {
        return Refusals.badSignature("The signature by " + id + " is wrong");
      }
      if (publicKey != null) {
        verified.add(
            new KeySignature(key.userId(), key.keyId(), id, signature.getValue().asText()));
      }
    }
    verified.forEach(this::add);
    return verified.isEmpty()
        ? Refusals.badSignature("There is no signature by a key that may sign this")
        : Optional.empty();
  }

  private boolean signed(ObjectNode uploaded, String id, String publicKey) {
    return PublicKeys.signed(uploaded, signer.userId(), id, publicKey);
  }

  /** A device's signature of itself is part of its keys. */
  private void add(KeySignature signature) {
    boolean ofItself = signature.signerKeyId().equals(PublicKeys.ED25519 + signature.keyId());
    if (!ofItself && !known.contains(signature)) {
      (signature.userId().equals(signer.userId()) ? own : others).add(signature);
    }
  }

  /** What is new. */
  List<Fact> facts() {
    List<Fact> facts = new ArrayList<>();
    if (!own.isEmpty()) {
      facts.add(new KeySignaturesUploaded(signer.userId(), own));
    }
    if (!others.isEmpty()) {
      facts.add(new UsersVerified(signer.userId(), others));
    }
    return facts;
  }

  /** Why the other signatures are not stored. */
  Map<SignedKey, MatrixError> failures() {
    return failures;
  }
}
