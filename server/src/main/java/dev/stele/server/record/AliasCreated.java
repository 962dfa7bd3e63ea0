package dev.stele.server.record;

import dev.stele.eventstore.Claim;
import java.util.List;

/**
 * A room alias was made.
 *
 * @param alias the full alias
 * @param roomId the room it points to
 * @param creator the user who made it
 */
public record AliasCreated(String alias, String roomId, String creator) implements Fact {
  @Override
  public String stream() {
    return Fact.roomStream(roomId);
  }

  @Override
  public List<Claim> claims() {
    return List.of(Claims.alias(alias));
  }
}
