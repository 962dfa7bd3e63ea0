package dev.stele.server.record;

import java.util.List;

/**
 * A user signed the master keys of others by the user-signing key. Nobody but this user sees these
 * signatures; to the user's other devices, the keys of those others look different from now on.
 *
 * @param userId the user who signed
 * @param signatures the signatures, at least one
 */
public record UsersVerified(String userId, List<KeySignature> signatures) implements Fact {
  public UsersVerified {
    signatures = List.copyOf(signatures);
  }

  @Override
  public String stream() {
    return Fact.userStream(userId);
  }
}
