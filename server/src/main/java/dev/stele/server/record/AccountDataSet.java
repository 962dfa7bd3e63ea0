package dev.stele.server.record;

import com.fasterxml.jackson.databind.JsonNode;
import org.jspecify.annotations.Nullable;

/**
 * A user stored account data, globally or for a room.
 *
 * @param userId the user
 * @param roomId the room, or null for global account data
 * @param type the event type
 * @param content the content, an object
 */
public record AccountDataSet(
    String userId, @Nullable String roomId, String type, @Erasable @Nullable JsonNode content)
    implements Fact {
  @Override
  public String stream() {
    return Fact.userStream(userId);
  }
}
