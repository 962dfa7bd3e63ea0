package dev.stele.server.sliding;

import org.jspecify.annotations.Nullable;

/**
 * Which state is wanted, or unwanted.
 *
 * @param type the event type; null for all
 * @param stateKey the state key, {@code $ME} for the user's own id; null for all
 */
public record StateElement(@Nullable String type, @Nullable String stateKey) {
  /** Whether it stands for a piece of state, as a user sees it. */
  boolean matches(String ofType, String withKey, String me) {
    String key = "$ME".equals(stateKey) ? me : stateKey;
    return (type == null || type.equals(ofType)) && (key == null || key.equals(withKey));
  }
}
