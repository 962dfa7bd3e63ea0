package dev.stele.stateres.sign;

import java.util.Optional;

/** An implementation of Ed25519 (RFC 8032). */
interface Ed25519 {
  /** The function that signs with a key. */
  @FunctionalInterface
  interface SignFunction {
    byte[] sign(byte[] message);
  }

  /** What makes a signature with the key grown from a seed of 32 bytes. */
  SignFunction signer(byte[] seed);

  /** The public key of a seed of 32 bytes. */
  byte[] publicKey(byte[] seed);

  /** A verifier for a public key of 32 bytes; empty when the bytes are no point of the curve. */
  Optional<Verifier> verifier(byte[] publicKey);

  /** The implementation in use: Conscrypt where its native library loads, or else Tink. */
  static Ed25519 provider() {
    return Chosen.PROVIDER;
  }

  /** Chooses once, on first use. */
  final class Chosen {
    static final Ed25519 PROVIDER = choose();

    private Chosen() {}

    private static Ed25519 choose() {
      Ed25519 portable = new TinkEd25519();
      return ConscryptEd25519.load(portable).orElse(portable);
    }
  }
}
