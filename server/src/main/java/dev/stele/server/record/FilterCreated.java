package dev.stele.server.record;

import com.fasterxml.jackson.databind.JsonNode;
import dev.stele.eventstore.Claim;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A user stored a filter.
 *
 * @param userId the user
 * @param filterId the filter's id, unique for the user
 * @param filter the filter
 */
public record FilterCreated(String userId, String filterId, @Erasable @Nullable JsonNode filter)
    implements Fact {
  @Override
  public String stream() {
    return Fact.userStream(userId);
  }

  @Override
  public List<Claim> claims() {
    return List.of(Claims.filter(userId, filterId));
  }
}
