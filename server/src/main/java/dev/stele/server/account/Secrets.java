package dev.stele.server.account;

import java.security.SecureRandom;

/** Random names, and secrets that nobody can guess. Thread-safe. */
final class Secrets {
  private static final String CAPITALS = "ABCDEFGHIJKLMNOPQRSTUVWXYZ";
  private static final String LOCALPART = "abcdefghijklmnopqrstuvwxyz234567";
  private static final String SESSION = CAPITALS + "abcdefghijklmnopqrstuvwxyz0123456789";

  private final SecureRandom random = new SecureRandom();

  /** 47 bits: unique for a user, and of no use to anybody else. */
  String deviceId() {
    return draw(CAPITALS, 10);
  }

  /** 80 bits: unique on a server. */
  String localpart() {
    return draw(LOCALPART, 16);
  }

  /** 142 bits: nobody can guess it. */
  String session() {
    return draw(SESSION, 24);
  }

  private String draw(String alphabet, int length) {
    StringBuilder drawn = new StringBuilder(length);
    for (int i = 0; i < length; i++) {
      drawn.append(alphabet.charAt(random.nextInt(alphabet.length())));
    }
    return drawn.toString();
  }
}
