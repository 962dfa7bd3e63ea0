package dev.stele.server.projection;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;

/**
 * A cross-signing key that a user has now.
 *
 * @param userId the user
 * @param usage one of {@link #USAGES}
 * @param publicKey the public key in unpadded base64
 * @param key the key as it was uploaded, with the signature of the master key if it is another one
 */
public record CrossSigningRow(String userId, String usage, String publicKey, ObjectNode key) {
  public static final String MASTER = "master";
  public static final String SELF_SIGNING = "self_signing";
  public static final String USER_SIGNING = "user_signing";

  /** All that a key can be used for. */
  public static final List<String> USAGES = List.of(MASTER, SELF_SIGNING, USER_SIGNING);

  /** The public key of a cross-signing key object, which has exactly one; empty if it has none. */
  public static String publicKey(JsonNode key) {
    return key.path("keys").isEmpty() ? "" : key.path("keys").elements().next().asText();
  }
}
