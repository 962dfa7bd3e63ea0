package dev.stele.server.record;

import com.fasterxml.jackson.databind.JsonNode;
import org.jspecify.annotations.Nullable;

/**
 * A user changed a field of their profile.
 *
 * @param userId the user
 * @param field the field's name, for example {@code displayname}
 * @param value the new value, or null when the field was removed
 */
public record ProfileFieldSet(String userId, String field, @Erasable @Nullable JsonNode value)
    implements Fact {
  @Override
  public String stream() {
    return Fact.userStream(userId);
  }
}
