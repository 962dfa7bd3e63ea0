package dev.stele.stateres.auth;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.stele.stateres.event.EventType;
import dev.stele.stateres.event.Pdu;
import dev.stele.stateres.event.StateKey;
import dev.stele.stateres.version.RoomVersion;
import java.util.LinkedHashSet;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Which of a room's state events an event lists as its auth events.
 *
 * @see <a href="https://spec.matrix.org/v1.19/server-server-api/#auth-events-selection">Auth events
 *     selection</a>
 */
public final class AuthEventTypes {
  private static final Set<String> MEMBERSHIPS_UNDER_JOIN_RULES = Set.of("join", "invite", "knock");

  private AuthEventTypes() {}

  /** The places of the state events that would be listed, whether the room has them or not. */
  public static Set<StateKey> select(Pdu event) {
    return select(event.version(), event.type(), event.sender(), event.stateKey(), event.content());
  }

  /** The places of the state events that would be listed, whether the room has them or not. */
  public static Set<StateKey> select(
      RoomVersion version,
      String type,
      String sender,
      @Nullable String stateKey,
      ObjectNode content) {
    if (type.equals(EventType.CREATE)) {
      return Set.of();
    }
    var keys = new LinkedHashSet<StateKey>();
    if (!version.roomIdIsCreateHash()) {
      keys.add(StateKey.CREATE);
    }
    keys.add(StateKey.POWER_LEVELS);
    keys.add(StateKey.member(sender));
    if (type.equals(EventType.MEMBER)) {
      addForMember(keys, version, stateKey, content);
    }
    return keys;
  }

  private static void addForMember(
      Set<StateKey> keys, RoomVersion version, @Nullable String target, ObjectNode content) {
    if (target != null) {
      keys.add(StateKey.member(target));
    }
    String membership = content.path("membership").asText("");
    if (MEMBERSHIPS_UNDER_JOIN_RULES.contains(membership)) {
      keys.add(StateKey.JOIN_RULES);
    }
    JsonNode token = content.path("third_party_invite").path("signed").path("token");
    if (membership.equals("invite") && token.isTextual()) {
      keys.add(new StateKey(EventType.THIRD_PARTY_INVITE, token.textValue()));
    }
    JsonNode authoriser = content.path(MemberRules.AUTHORISER);
    if (version.restrictedJoins() && membership.equals("join") && authoriser.isTextual()) {
      keys.add(StateKey.member(authoriser.textValue()));
    }
  }
}
