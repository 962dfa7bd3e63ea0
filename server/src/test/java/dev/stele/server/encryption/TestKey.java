package dev.stele.server.encryption;

import dev.stele.stateres.sign.Signer;
import dev.stele.stateres.sign.SigningKey;

/** A real Ed25519 key under a name of any form. */
record TestKey(String keyId, SigningKey key) implements Signer {
  /** The key of a device. */
  static TestKey ofDevice(String deviceId) {
    return new TestKey("ed25519:" + deviceId, SigningKey.generate("x"));
  }

  /** A key that is named by itself, as those of cross-signing are. */
  static TestKey ofCrossSigning() {
    SigningKey key = SigningKey.generate("x");
    return new TestKey("ed25519:" + key.publicKeyBase64(), key);
  }

  String publicKey() {
    return key.publicKeyBase64();
  }

  @Override
  public byte[] sign(byte[] message) {
    return key.sign(message);
  }
}
