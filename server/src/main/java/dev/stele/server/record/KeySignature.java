package dev.stele.server.record;

/**
 * A signature of a published key, which was verified.
 *
 * @param userId whose key it is that was signed
 * @param keyId the key: a device id, or the public key of a cross-signing key
 * @param signerKeyId the key that has signed, {@code ed25519:<device id or public key>}
 * @param signature the signature in unpadded base64
 */
public record KeySignature(String userId, String keyId, String signerKeyId, String signature) {}
