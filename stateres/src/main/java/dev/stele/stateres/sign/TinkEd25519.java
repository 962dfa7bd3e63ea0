package dev.stele.stateres.sign;

import com.google.crypto.tink.subtle.Ed25519Sign;
import com.google.crypto.tink.subtle.Ed25519Verify;
import java.security.GeneralSecurityException;
import java.util.Optional;

/** Ed25519 by Tink, in Java alone. */
final class TinkEd25519 implements Ed25519 {

  @Override
  public SignFunction signer(byte[] seed) {
    try {
      var signer = new Ed25519Sign(seed);
      return message -> sign(signer, message);
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("Tink refuses the seed", e);
    }
  }

  private static byte[] sign(Ed25519Sign signer, byte[] message) {
    try {
      return signer.sign(message);
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("Tink cannot sign", e);
    }
  }

  @Override
  public byte[] publicKey(byte[] seed) {
    try {
      return Ed25519Sign.KeyPair.newKeyPairFromSeed(seed).getPublicKey();
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("Tink refuses the seed", e);
    }
  }

  @Override
  public Optional<Verifier> verifier(byte[] publicKey) {
    var verifier = new Ed25519Verify(publicKey);
    return Optional.of((message, signature) -> verifies(verifier, message, signature));
  }

  private static boolean verifies(Ed25519Verify verifier, byte[] message, byte[] signature) {
    try {
      verifier.verify(signature, message);
      return true;
    } catch (GeneralSecurityException | IllegalArgumentException e) {
      return false;
    }
  }
}
