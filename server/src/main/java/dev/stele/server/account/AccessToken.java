package dev.stele.server.account;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.security.SecureRandom;
import java.util.Base64;

/**
 * Access tokens: 256 random bits behind a prefix by which people and scanners for leaked secrets
 * recognise them. Only their hash is ever stored; so much randomness needs no salt.
 */
final class AccessToken {
  private static final String PREFIX = "stele_";
  private static final int RANDOM_BYTES = 32;
  private static final int LENGTH = PREFIX.length() + 43;

  private AccessToken() {}

  static String generate(SecureRandom random) {
    byte[] secret = new byte[RANDOM_BYTES];
    random.nextBytes(secret);
    return PREFIX + Base64.getUrlEncoder().withoutPadding().encodeToString(secret);
  }

  /** Whether this could be a token of ours. */
  static boolean isPlausible(String token) {
    return token.length() == LENGTH && token.startsWith(PREFIX);
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
