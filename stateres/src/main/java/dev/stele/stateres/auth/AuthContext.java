package dev.stele.stateres.auth;

import dev.stele.stateres.event.Pdu;
import dev.stele.stateres.event.StateKey;
import dev.stele.stateres.version.RoomVersion;
import org.jspecify.annotations.Nullable;

/**
 * What the rules look at: an event, the state it is checked against, and that state's create event.
 */
record AuthContext(Pdu event, AuthState state, Pdu create, PowerLevels power) {

  static AuthContext of(Pdu event, AuthState state, Pdu create) {
    var power = PowerLevels.of(event.version(), state.get(StateKey.POWER_LEVELS), create);
    return new AuthContext(event, state, create, power);
  }

  RoomVersion version() {
    return event.version();
  }

  String sender() {
    return event.sender();
  }

  long senderLevel() {
    return power.userLevel(event.sender());
  }

  /** The user's current membership; {@code leave} for one who never was in the room. */
  String membership(String userId) {
    return textOf(StateKey.member(userId), "membership", "leave");
  }

  boolean isJoined(String userId) {
    return membership(userId).equals("join");
  }

  String joinRule() {
    return textOf(StateKey.JOIN_RULES, "join_rule", "invite");
  }

  private String textOf(StateKey key, String name, String otherwise) {
    Pdu found = state.get(key);
    @Nullable String text = found == null ? null : found.contentText(name);
    return text == null ? otherwise : text;
  }
}
