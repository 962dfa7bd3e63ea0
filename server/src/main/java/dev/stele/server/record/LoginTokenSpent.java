package dev.stele.server.record;

import dev.stele.eventstore.Claim;
import java.util.List;

/**
 * A login token was used, which goes once.
 *
 * @param userId the user who logged in
 * @param tokenHash the token's hash
 */
public record LoginTokenSpent(String userId, String tokenHash) implements Fact {
  @Override
  public String stream() {
    return Fact.userStream(userId);
  }

  @Override
  public List<Claim> claims() {
    return List.of(Claims.loginToken(tokenHash));
  }
}
