package dev.stele.server.record;

/**
 * A device has surely received the messages that were sent to it up to a position; they are gone
 * from its inbox.
 *
 * @param userId the user
 * @param deviceId the device
 * @param upTo the position in the log of the last message
 */
public record InboxRead(String userId, String deviceId, long upTo) implements Fact {
  @Override
  public String stream() {
    return Fact.userStream(userId);
  }
}
