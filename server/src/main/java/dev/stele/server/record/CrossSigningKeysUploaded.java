package dev.stele.server.record;

import com.fasterxml.jackson.databind.JsonNode;
import org.jspecify.annotations.Nullable;

/**
 * A user published cross-signing keys. Each replaces the one that was there for its use, and a new
 * master key replaces all three; whatever a replaced key has signed, and whatever has signed it, is
 * void.
 *
 * @param userId the user
 * @param master the new master key, or null if it stays
 * @param selfSigning the new self-signing key, signed by the master key, or null if there is none
 * @param userSigning the new user-signing key, signed by the master key, or null if there is none
 */
public record CrossSigningKeysUploaded(
    String userId,
    @Erasable @Nullable JsonNode master,
    @Erasable @Nullable JsonNode selfSigning,
    @Erasable @Nullable JsonNode userSigning)
    implements Fact, DeviceListChange {
  @Override
  public String stream() {
    return Fact.userStream(userId);
  }
}
