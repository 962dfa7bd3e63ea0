package dev.stele.stateres.cli;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.stele.stateres.event.EventHashes;
import dev.stele.stateres.sign.Base64Unpadded;
import dev.stele.stateres.sign.JsonSignatures;
import dev.stele.stateres.sign.SigningKey;
import dev.stele.stateres.version.RoomVersion;
import java.nio.charset.StandardCharsets;
import java.util.Set;

/**
 * Prints an event or another object with a signature added, an event also with its content hash.
 */
final class Sign implements Command {
  private static final String KEY_FORMAT = " (expected: ed25519 VERSION SEED, the seed in Base64)";

  @Override
  public Set<String> options() {
    return Set.of("room-version", "event", "object", "server", "key");
  }

  @Override
  public JsonNode run(Options options) {
    SignedObject object = SignedObject.of(options);
    SigningKey key = key(options.required("key"), options.files());
    String server = options.required("server");
    if (object.version() != null) {
      addContentHash(object.version(), object.json());
    }
    byte[] signature = key.sign(object.signedBytes());
    return JsonSignatures.withSignature(object.json(), server, key.keyId(), signature);
  }

  private static void addContentHash(RoomVersion version, ObjectNode event) {
    if (!event.path("hashes").path("sha256").isTextual()) {
      String hash = Base64Unpadded.encode(EventHashes.contentHash(version, event));
      event.putObject("hashes").put("sha256", hash);
    }
  }

  /** Keys come from files only: arguments can be seen by other users of the machine. */
  private static SigningKey key(String file, Files files) {
    String[] parts = new String(files.read(file), StandardCharsets.UTF_8).strip().split("\\s+");
    if (parts.length != 3 || !parts[0].equals("ed25519")) {
      throw new BadInput(file + ": no signing key" + KEY_FORMAT);
    }
    byte[] seed = Base64Unpadded.decode(parts[2]).orElse(new byte[0]);
    try {
      return SigningKey.ofSeed(parts[1], seed);
    } catch (IllegalArgumentException e) {
      throw new BadInput(file + ": no signing key" + KEY_FORMAT);
    }
  }
}
