package dev.stele.server.record;

/**
 * A device used its next access token for the first time: the tokens that it had are void.
 *
 * @param userId the user
 * @param deviceId the device
 * @param tokenHash the hash of the access token
 */
public record TokensTaken(String userId, String deviceId, String tokenHash) implements Fact {
  @Override
  public String stream() {
    return Fact.userStream(userId);
  }
}
