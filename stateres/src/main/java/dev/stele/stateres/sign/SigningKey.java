package dev.stele.stateres.sign;

import java.security.SecureRandom;

/**
 * An Ed25519 private key with its name. Its string form shows the name only.
 *
 * @see <a href="https://spec.matrix.org/v1.19/appendices/#signing-details">Signing Details</a>
 */
public final class SigningKey implements Signer {
  /** The length of a seed and of a public key. */
  public static final int KEY_BYTES = 32;

  private static final String ALGORITHM = "ed25519:";

  private final String keyId;
  private final byte[] seed;
  private final byte[] publicKey;
  private final Ed25519.SignFunction function;

  private SigningKey(String version, byte[] seed, Ed25519 provider) {
    this.keyId = ALGORITHM + version;
    this.seed = seed.clone();
    this.publicKey = provider.publicKey(seed);
    this.function = provider.signer(seed);
  }

  /**
   * The key grown from a seed.
   *
   * @param version what follows {@code ed25519:} in the key's name: {@code a-zA-Z0-9_}, not empty
   * @param seed 32 secret bytes
   * @throws IllegalArgumentException if either is not of that form
   */
  public static SigningKey ofSeed(String version, byte[] seed) {
    return ofSeed(version, seed, Ed25519.provider());
  }

  static SigningKey ofSeed(String version, byte[] seed, Ed25519 provider) {
    if (version.isEmpty() || !version.chars().allMatch(SigningKey::isVersionChar)) {
      throw new IllegalArgumentException("version: " + version + " (expected: a-zA-Z0-9_)");
    }
    if (seed.length != KEY_BYTES) {
      throw new IllegalArgumentException("seed.length: " + seed.length + " (expected: 32)");
    }
    return new SigningKey(version, seed, provider);
  }

  /** A new random key. */
  public static SigningKey generate(String version) {
    byte[] seed = new byte[KEY_BYTES];
    new SecureRandom().nextBytes(seed);
    return ofSeed(version, seed);
  }

  private static boolean isVersionChar(int c) {
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '_';
  }

  @Override
  public String keyId() {
    return keyId;
  }

  @Override
  public byte[] sign(byte[] message) {
    return function.sign(message);
  }

  /** The public key, 32 bytes. */
  public byte[] publicKey() {
    return publicKey.clone();
  }

  /** The public key in unpadded Base64, as servers publish it. */
  public String publicKeyBase64() {
    return Base64Unpadded.encode(publicKey);
  }

  /** The secret seed, for storing the key. */
  public byte[] seed() {
    return seed.clone();
  }

  /** Checks this key's own signatures. */
  public Verifier verifier() {
    return Verifier.of(publicKey).orElseThrow();
  }

  @Override
  public String toString() {
    return "SigningKey[" + keyId + "]";
  }
}
