package dev.stele.server.record;

import java.util.List;

/**
 * A user signed keys of their own: devices by the self-signing key, or the master key by a device.
 * Everybody sees these signatures.
 *
 * @param userId the user
 * @param signatures the signatures, at least one
 */
public record KeySignaturesUploaded(String userId, List<KeySignature> signatures)
    implements Fact, DeviceListChange {
  public KeySignaturesUploaded {
    signatures = List.copyOf(signatures);
  }

  @Override
  public String stream() {
    return Fact.userStream(userId);
  }
}
