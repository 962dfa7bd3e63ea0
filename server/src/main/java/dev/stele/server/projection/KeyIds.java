package dev.stele.server.projection;

import com.fasterxml.jackson.databind.JsonNode;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Base64;

/** How keys are named and told apart. */
public final class KeyIds {
  private KeyIds() {}

  /** The first part of a key id {@code <algorithm>:<id>}. */
  public static String algorithm(String keyId) {
    int colon = keyId.indexOf(':');
    return colon < 0 ? keyId : keyId.substring(0, colon);
  }

  /** What tells a one-time key from every other: a hash of its public part. */
  public static String digest(JsonNode key) {
    String text = key.isTextual() ? key.textValue() : key.path("key").asText();
    try {
      byte[] hash =
          MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8));
      return Base64.getEncoder().withoutPadding().encodeToString(hash);
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("this Java has no SHA-256", e);
    }
  }
}
