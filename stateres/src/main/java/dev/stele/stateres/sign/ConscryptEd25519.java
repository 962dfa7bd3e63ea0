package dev.stele.stateres.sign;

import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.PrivateKey;
import java.security.Provider;
import java.security.PublicKey;
import java.security.Signature;
import java.security.spec.PKCS8EncodedKeySpec;
import java.security.spec.X509EncodedKeySpec;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.Optional;
import org.conscrypt.Conscrypt;

/** Ed25519 by Conscrypt, that is BoringSSL: several times as fast as what Java alone can do. */
final class ConscryptEd25519 implements Ed25519 {
  private static final String ALGORITHM = "Ed25519";

  /** What stands before the seed in a PKCS #8 private key (RFC 8410). */
  private static final byte[] PRIVATE_PREFIX =
      HexFormat.of().parseHex("302e020100300506032b657004220420");

  /** What stands before the point in an X.509 public key (RFC 8410). */
  private static final byte[] PUBLIC_PREFIX = HexFormat.of().parseHex("302a300506032b6570032100");

  private final Provider provider;
  private final KeyFactory keys;
  private final Ed25519 portable;

  private ConscryptEd25519(Provider provider, KeyFactory keys, Ed25519 portable) {
    this.provider = provider;
    this.keys = keys;
    this.portable = portable;
  }

  /** Conscrypt, if its native library loads here and agrees with the portable implementation. */
  static Optional<Ed25519> load(Ed25519 portable) {
    try {
      Provider provider = Conscrypt.newProvider();
      var loaded =
          new ConscryptEd25519(provider, KeyFactory.getInstance(ALGORITHM, provider), portable);
      return loaded.works() ? Optional.of(loaded) : Optional.empty();
    } catch (GeneralSecurityException | LinkageError | RuntimeException e) {
      return Optional.empty();
    }
  }

  private boolean works() {
    byte[] seed = new byte[SigningKey.KEY_BYTES];
    byte[] signature = signer(seed).sign(seed);
    return Arrays.equals(signature, portable.signer(seed).sign(seed))
        && verifier(publicKey(seed)).filter(v -> v.verify(seed, signature)).isPresent();
  }

  @Override
  public SignFunction signer(byte[] seed) {
    try {
      PrivateKey key = keys.generatePrivate(new PKCS8EncodedKeySpec(joined(PRIVATE_PREFIX, seed)));
      return message -> sign(key, message);
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("Conscrypt refuses the seed", e);
    }
  }

  private byte[] sign(PrivateKey key, byte[] message) {
    try {
      Signature signature = Signature.getInstance(ALGORITHM, provider);
      signature.initSign(key);
      signature.update(message);
      return signature.sign();
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("Conscrypt cannot sign", e);
    }
  }

  @Override
  public byte[] publicKey(byte[] seed) {
    return portable.publicKey(seed);
  }

  @Override
  public Optional<Verifier> verifier(byte[] publicKey) {
    try {
      PublicKey key = keys.generatePublic(new X509EncodedKeySpec(joined(PUBLIC_PREFIX, publicKey)));
      return Optional.of((message, signature) -> verifies(key, message, signature));
    } catch (GeneralSecurityException | RuntimeException e) {
      return Optional.empty();
    }
  }

  private boolean verifies(PublicKey key, byte[] message, byte[] signature) {
    try {
      Signature check = Signature.getInstance(ALGORITHM, provider);
      check.initVerify(key);
      check.update(message);
      return check.verify(signature);
    } catch (GeneralSecurityException | RuntimeException e) {
      return false;
    }
  }

  private static byte[] joined(byte[] prefix, byte[] rest) {
    byte[] all = Arrays.copyOf(prefix, prefix.length + rest.length);
    System.arraycopy(rest, 0, all, prefix.length, rest.length);
    return all;
  }
}
