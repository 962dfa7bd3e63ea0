package dev.stele.server.record;

import dev.stele.eventstore.Claim;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * An account was made.
 *
 * @param userId the full user id
 * @param admin whether the user may administer the server
 * @param guest whether it is a guest account
 * @param passwordHash the password in PHC string form, or null when the account has none
 */
public record UserRegistered(
    String userId, boolean admin, boolean guest, @Erasable @Nullable String passwordHash)
    implements Fact {
  @Override
  public String stream() {
    return Fact.userStream(userId);
  }

  @Override
  public List<Claim> claims() {
    return List.of(Claims.user(userId));
  }
}
