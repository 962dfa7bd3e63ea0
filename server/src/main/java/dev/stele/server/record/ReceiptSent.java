package dev.stele.server.record;

import org.jspecify.annotations.Nullable;

/**
 * A user acknowledged the events of a room up to one of them.
 *
 * @param roomId the room
 * @param userId the user
 * @param type {@code m.read} or {@code m.read.private}
 * @param threadId the thread, {@code main}, or null for an unthreaded receipt
 * @param eventId the event
 * @param ts when, in milliseconds since the Unix epoch
 */
public record ReceiptSent(
    String roomId, String userId, String type, @Nullable String threadId, String eventId, long ts)
    implements Fact {
  @Override
  public String stream() {
    return Fact.roomStream(roomId);
  }
}
