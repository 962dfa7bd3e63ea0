package dev.stele.stateres.cli;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.stele.stateres.event.EventHashes;
import dev.stele.stateres.sign.JsonSignatures;
import dev.stele.stateres.sign.Verifier;
import java.util.Set;

/** Prints whether a server's signature holds, and of an event whether its content hash does. */
final class Verify implements Command {

  @Override
  public Set<String> options() {
    return Set.of("room-version", "event", "object", "server", "key-id", "public-key");
  }

  @Override
  public JsonNode run(Options options) {
    Verifier verifier =
        Verifier.ofBase64(options.required("public-key"))
            .orElseThrow(() -> new BadInput("--public-key: no Ed25519 key in Base64"));
    SignedObject object = SignedObject.of(options);
    String server = options.required("server");
    String keyId = options.required("key-id");
    byte[] message = object.signedBytes();
    boolean signed =
        JsonSignatures.signatureOf(object.json(), server, keyId)
            .filter(signature -> verifier.verify(message, signature))
            .isPresent();
    ObjectNode answer = JsonNodeFactory.instance.objectNode().put("signature", signed);
    if (object.version() != null) {
      byte[] hash = EventHashes.contentHash(object.version(), object.json());
      answer.put("content_hash", EventHashes.claims(object.json(), hash));
    }
    return answer;
  }
}
