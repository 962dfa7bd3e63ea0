package dev.stele.server.projection;

/**
 * A signature of a device or of a master key.
 *
 * @param userId whose key was signed
 * @param keyId the key: a device id, or the public key of a master key
 * @param signerId who has signed it
 * @param signerKeyId by which key, {@code ed25519:<device id or public key>}
 * @param signature in unpadded base64
 */
public record KeySignatureRow(
    String userId, String keyId, String signerId, String signerKeyId, String signature) {}
