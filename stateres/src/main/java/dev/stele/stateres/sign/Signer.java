package dev.stele.stateres.sign;

/** Signs bytes with one key. Safe for use by several threads. */
public interface Signer {
  /** The key's name, algorithm first, such as {@code ed25519:a_abcd}. */
  String keyId();

  /** The signature of the message, 64 bytes. */
  byte[] sign(byte[] message);
}
