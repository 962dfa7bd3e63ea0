package dev.stele.server.presence;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.Locale;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * What others may know of whether a user is there.
 *
 * @param userId the user
 * @param state whether they are online
 * @param status what they say of themselves, or null
 * @param lastActive when they last did something, in milliseconds since the Unix epoch; 0 if that
 *     is not known
 * @param count the count of the ephemeral at which it became so
 */
public record Presence(
    String userId, State state, @Nullable String status, long lastActive, long count) {
  /** Whether a user is there. */
  public enum State {
    ONLINE,
    UNAVAILABLE,
    OFFLINE;

    /** The state of this name, if there is one. */
    public static Optional<State> of(String wire) {
      return Stream.of(values()).filter(state -> state.wire().equals(wire)).findFirst();
    }

    /** Its name in JSON and queries. */
    public String wire() {
      return name().toLowerCase(Locale.ROOT);
    }
  }

  /** Somebody of whom nothing is known. */
  static Presence unknown(String userId) {
    return new Presence(userId, State.OFFLINE, null, 0, 0);
  }

  /** Whether another presence would be told differently, apart from the time. */
  boolean looksAs(Presence other) {
    return state == other.state && Objects.equals(status, other.status);
  }

  Presence counted(long at) {
    return new Presence(userId, state, status, lastActive, at);
  }

  /** The content of {@code m.presence}. */
  public ObjectNode content(long now) {
    ObjectNode content = JsonNodeFactory.instance.objectNode().put("presence", state.wire());
    if (lastActive > 0) {
      content.put("last_active_ago", Math.max(0, now - lastActive));
    }
    if (status != null) {
      content.put("status_msg", status);
    }
    // Who is online counts as active until they are said to be idle.
    content.put("currently_active", state == State.ONLINE);
    return content;
  }
}
