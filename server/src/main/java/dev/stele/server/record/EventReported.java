package dev.stele.server.record;

import org.jspecify.annotations.Nullable;

/**
 * A user reported an event to whoever runs this server.
 *
 * @param reporter the user
 * @param roomId the event's room
 * @param eventId the event
 * @param reason why, in the reporter's words
 */
public record EventReported(
    String reporter, String roomId, String eventId, @Erasable @Nullable String reason)
    implements Fact {
  @Override
  public String stream() {
    return Fact.userStream(reporter);
  }
}
