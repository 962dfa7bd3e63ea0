package dev.stele.server.record;

import dev.stele.eventstore.Claim;
import java.util.List;

/**
 * A room alias was deleted.
 *
 * @param alias the full alias
 * @param roomId the room it pointed to
 */
public record AliasDeleted(String alias, String roomId) implements Fact {
  @Override
  public String stream() {
    return Fact.roomStream(roomId);
  }

  @Override
  public List<Claim> releases() {
    return List.of(Claims.alias(alias));
  }
}
