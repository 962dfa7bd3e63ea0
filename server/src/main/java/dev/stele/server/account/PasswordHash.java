package dev.stele.server.account;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.SecureRandom;
import java.util.Base64;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.bouncycastle.crypto.generators.Argon2BytesGenerator;
import org.bouncycastle.crypto.params.Argon2Parameters;

/**
 * An Argon2id hash of a password, written in the PHC string format: {@code
 * $argon2id$v=19$m=19456,t=2,p=1$SALT$HASH}.
 */
final class PasswordHash {
  private static final Pattern PHC =
      Pattern.compile(
          "\\$argon2id\\$v=19\\$m=(\\d{1,7}),t=(\\d{1,3}),p=(\\d{1,2})"
              + "\\$([A-Za-z0-9+/]{11,86})\\$([A-Za-z0-9+/]{22,172})");
  private static final Base64.Encoder ENCODER = Base64.getEncoder().withoutPadding();
  private static final int HASH_BYTES = 32;
  private static final int SALT_BYTES = 16;

  private final Cost cost;
  private final byte[] salt;
  private final byte[] hash;

  private PasswordHash(Cost cost, byte[] salt, byte[] hash) {
    this.cost = cost;
    this.salt = salt;
    this.hash = hash;
  }

  /**
   * What computing a hash takes.
   *
   * @param memoryKib memory, at least 8 KiB for each lane
   * @param iterations passes over that memory, at least 1
   * @param parallelism lanes, at least 1
   */
  record Cost(int memoryKib, int iterations, int parallelism) {
    /** What OWASP's "Password Storage Cheat Sheet" recommends for Argon2id. */
    static final Cost RECOMMENDED = new Cost(19 * 1024, 2, 1);

    /** Next to nothing, for tests. */
    static final Cost CHEAP = new Cost(64, 1, 1);

    Cost {
      if (iterations < 1 || parallelism < 1 || memoryKib < 8 * parallelism) {
        throw new IllegalArgumentException(
            "cost: m=" + memoryKib + ",t=" + iterations + ",p=" + parallelism);
      }
    }
  }

  /** Hashes a password. CPU-bound. */
  static PasswordHash of(String password, Cost cost, byte[] salt) {
    return new PasswordHash(cost, salt.clone(), compute(password, cost, salt, HASH_BYTES));
  }

  /**
   * What looks like a hash, but is that of no password anybody could find: asking whether one
   * matches takes as long as with any other. Making it takes no time.
   */
  static PasswordHash ofNothing(Cost cost, SecureRandom random) {
    byte[] salt = new byte[SALT_BYTES];
    byte[] hash = new byte[HASH_BYTES];
    random.nextBytes(salt);
    random.nextBytes(hash);
    return new PasswordHash(cost, salt, hash);
  }

  /** The hash that was written as {@code phc}; nothing if it is not of this form. */
  static Optional<PasswordHash> parse(String phc) {
    Matcher matcher = PHC.matcher(phc);
    if (!matcher.matches()) {
      return Optional.empty();
    }
    try {
      Cost cost =
          new Cost(
              Integer.parseInt(matcher.group(1)),
              Integer.parseInt(matcher.group(2)),
              Integer.parseInt(matcher.group(3)));
      Base64.Decoder decoder = Base64.getDecoder();
      return Optional.of(
          new PasswordHash(
              cost, decoder.decode(matcher.group(4)), decoder.decode(matcher.group(5))));
    } catch (IllegalArgumentException e) {
      return Optional.empty();
    }
  }

  /**
   * Whether this is the hash of {@code password}. CPU-bound; tells nothing by the time it takes.
   */
  boolean matches(String password) {
    return MessageDigest.isEqual(hash, compute(password, cost, salt, hash.length));
  }

  String phc() {
    return "$argon2id$v=19$m="
        + cost.memoryKib
        + ",t="
        + cost.iterations
        + ",p="
        + cost.parallelism
        + "$"
        + ENCODER.encodeToString(salt)
        + "$"
        + ENCODER.encodeToString(hash);
  }

  private static byte[] compute(String password, Cost cost, byte[] salt, int length) {
    Argon2BytesGenerator generator = new Argon2BytesGenerator();
    generator.init(
        new Argon2Parameters.Builder(Argon2Parameters.ARGON2_id)
            .withVersion(Argon2Parameters.ARGON2_VERSION_13)
            .withMemoryAsKB(cost.memoryKib)
            .withIterations(cost.iterations)
            .withParallelism(cost.parallelism)
            .withSalt(salt)
            .build());
    byte[] computed = new byte[length];
    generator.generateBytes(password.getBytes(StandardCharsets.UTF_8), computed);
    return computed;
  }
}
