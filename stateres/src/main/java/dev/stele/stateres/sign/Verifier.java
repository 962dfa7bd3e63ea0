package dev.stele.stateres.sign;

import java.util.Optional;

/** Checks signatures against one public key. Safe for use by several threads. */
@FunctionalInterface
public interface Verifier {
  /** Whether {@code signature} is the key's signature of {@code message}. Never throws. */
  boolean verify(byte[] message, byte[] signature);

  /** A verifier for an Ed25519 public key of 32 bytes; empty when it cannot be one. */
  static Optional<Verifier> of(byte[] publicKey) {
    return publicKey.length == SigningKey.KEY_BYTES
        ? Ed25519.provider().verifier(publicKey)
        : Optional.empty();
  }

  /**
   * A verifier for an Ed25519 public key in unpadded Base64 of either alphabet; empty when it
   * cannot be one.
   */
  static Optional<Verifier> ofBase64(String publicKey) {
    return Base64Unpadded.decode(publicKey)
        .or(() -> Base64Unpadded.decodeUrlSafe(publicKey))
        .flatMap(Verifier::of);
  }
}
