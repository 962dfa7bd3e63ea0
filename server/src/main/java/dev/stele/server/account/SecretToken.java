package dev.stele.server.account;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.security.SecureRandom;
import java.util.Base64;

/**
 * The tokens that clients hold: 256 random bits behind a prefix by which people and scanners for
 * leaked secrets recognise them. Only their hash is ever stored; so much randomness needs no salt.
 */
enum SecretToken {
  ACCESS("stele_"),
  REFRESH("steler_"),
  LOGIN("stelel_"),
  OPENID("steleo_");

  private static final int RANDOM_BYTES = 32;
  private static final int RANDOM_CHARS = 43;
  private static final SecureRandom RANDOM = new SecureRandom();

  private final String prefix;

  SecretToken(String prefix) {
    this.prefix = prefix;
  }

  String generate() {
    byte[] secret = new byte[RANDOM_BYTES];
    RANDOM.nextBytes(secret);
    return prefix + Base64.getUrlEncoder().withoutPadding().encodeToString(secret);
  }

  /** Whether this could be such a token of ours. */
  boolean isPlausible(String token) {
    return token.length() == prefix.length() + RANDOM_CHARS && token.startsWith(prefix);
  }

  /** The SHA-256 of a token, in unpadded base64. */
  static String hash(String token) {
    try {
      byte[] digest =
          MessageDigest.getInstance("SHA-256").digest(token.getBytes(StandardCharsets.UTF_8));
      return Base64.getEncoder().withoutPadding().encodeToString(digest);
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("this Java has no SHA-256", e);
    }
  }
}
