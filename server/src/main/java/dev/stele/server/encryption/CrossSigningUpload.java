package dev.stele.server.encryption;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.stele.server.projection.CrossSigningRow;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Cross-signing keys that a user publishes, as the client sent them; null for those that it did
 * not.
 */
public record CrossSigningUpload(
    @Nullable ObjectNode master,
    @Nullable ObjectNode selfSigning,
    @Nullable ObjectNode userSigning) {
  /** The keys that were sent, by their usage. */
  Map<String, ObjectNode> keys() {
    Map<String, ObjectNode> keys = new LinkedHashMap<>();
    put(keys, CrossSigningRow.MASTER, master);
    put(keys, CrossSigningRow.SELF_SIGNING, selfSigning);
    put(keys, CrossSigningRow.USER_SIGNING, userSigning);
    return keys;
  }

  private static void put(Map<String, ObjectNode> keys, String usage, @Nullable ObjectNode key) {
    if (key != null) {
      keys.put(usage, key);
    }
  }
}
