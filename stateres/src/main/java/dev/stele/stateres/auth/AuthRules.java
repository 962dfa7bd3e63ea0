package dev.stele.stateres.auth;

import static dev.stele.stateres.auth.AuthVerdict.allow;
import static dev.stele.stateres.auth.AuthVerdict.deny;

import dev.stele.stateres.event.EventSource;
import dev.stele.stateres.event.EventType;
import dev.stele.stateres.event.Pdu;
import dev.stele.stateres.event.StateKey;
import dev.stele.stateres.id.UserId;
import org.jspecify.annotations.Nullable;

/**
 * The authorisation rules of every room version. Comments give a rule's number in version 12 and,
 * where a rule does not hold for all, the versions that have it.
 *
 * <p>Two rules are checked elsewhere, since they look at more than state: {@link #checkAuthEvents}
 * considers the event's own auth events, and signatures, that of a restricted join's authoriser
 * included, are checked when an event is received.
 *
 * @see <a href="https://spec.matrix.org/v1.19/rooms/v12/#authorisation-rules">Authorisation
 *     rules</a>
 */
public final class AuthRules {
  private AuthRules() {}

  /** Whether the state allows the event. */
  public static AuthVerdict check(Pdu event, AuthState state) {
    // 1. If type is m.room.create.
    if (event.type().equals(EventType.CREATE)) {
      return CreateRules.check(event);
    }
    // 2. The room id must be that of the create event.
    Pdu create = state.get(StateKey.CREATE);
    if (create == null) {
      return deny(AuthReason.CREATE_MISSING, "the room has no create event");
    }
    if (!create.roomId().equals(event.roomId())) {
      return deny(AuthReason.OTHER_ROOM, "the event is of room " + event.roomId());
    }
    return check(AuthContext.of(event, state, create));
  }

  private static AuthVerdict check(AuthContext context) {
    Pdu event = context.event();
    // 4. m.federate.
    if (!mayFederate(context)) {
      return deny(AuthReason.NOT_FEDERATED, "the room does not federate");
    }
    // Until version 5: m.room.aliases.
    if (event.type().equals(EventType.ALIASES) && event.version().aliasesSpecialCase()) {
      return checkAliases(event);
    }
    // 5. m.room.member.
    if (event.type().equals(EventType.MEMBER)) {
      return MemberRules.check(context);
    }
    // 6. If the sender's current membership state is not join, reject.
    if (!context.isJoined(event.sender())) {
      return deny(AuthReason.SENDER_NOT_JOINED, event.sender() + " is not in the room");
    }
    // 7. m.room.third_party_invite: allow if and only if the sender has the invite level.
    if (event.type().equals(EventType.THIRD_PARTY_INVITE)) {
      return context.power().mayInvite(event.sender())
          ? allow()
          : deny(AuthReason.THIRD_PARTY_INVITE_NEEDS_POWER, "the sender may not invite");
    }
    return checkPower(context);
  }

  private static AuthVerdict checkPower(AuthContext context) {
    Pdu event = context.event();
    // 8. The event type's required power level.
    if (!context.power().maySend(event.sender(), event.type(), event.isState())) {
      return deny(AuthReason.EVENT_NEEDS_POWER, "the sender may not send " + event.type());
    }
    // 9. A state key that starts with @ must be the sender.
    String stateKey = event.stateKey();
    if (stateKey != null && stateKey.startsWith("@") && !stateKey.equals(event.sender())) {
      return deny(AuthReason.STATE_OF_OTHER_USER, "the state belongs to " + stateKey);
    }
    // 10. m.room.power_levels.
    if (event.type().equals(EventType.POWER_LEVELS)) {
      return PowerLevelRules.check(context);
    }
    // Versions 1 and 2: m.room.redaction.
    if (event.type().equals(EventType.REDACTION) && event.version().redactionNeedsPower()) {
      return checkRedaction(context);
    }
    // 11. Otherwise, allow.
    return allow();
  }

  private static boolean mayFederate(AuthContext context) {
    boolean closed = isFalse(context.create(), "m.federate");
    return !closed || sameServer(context.sender(), context.create().sender());
  }

  private static boolean isFalse(Pdu event, String key) {
    return event.content().path(key).isBoolean() && !event.content().path(key).booleanValue();
  }

  private static AuthVerdict checkAliases(Pdu event) {
    String stateKey = event.stateKey();
    if (stateKey == null) {
      return deny(AuthReason.ALIASES_WITHOUT_STATE_KEY, "an alias event without state key");
    }
    return stateKey.equals(UserId.serverNameOf(event.sender()))
        ? allow()
        : deny(AuthReason.ALIASES_OF_OTHER_SERVER, "the aliases are those of " + stateKey);
  }

  private static AuthVerdict checkRedaction(AuthContext context) {
    Pdu event = context.event();
    String redacts = event.redacts();
    boolean allowed =
        context.power().mayRedact(event.sender())
            || (redacts != null && sameServer(redacts, event.eventId()));
    return allowed
        ? allow()
        : deny(AuthReason.REDACTION_NEEDS_POWER, "the sender may not redact other servers' events");
  }

  static boolean sameServer(String id, String other) {
    return UserId.serverNameOf(id).equals(UserId.serverNameOf(other));
  }

  /**
   * Whether the events that the event lists as its auth events are those that it may list: rule 3,
   * and of rule 2 that the create event was not rejected.
   */
  public static AuthVerdict checkAuthEvents(Pdu event, EventSource events) {
    return event.type().equals(EventType.CREATE)
        ? allow()
        : new AuthEventsRules(event, events).check();
  }

  /**
   * Whether the state of an event's own auth events allows it: the first of the checks of a
   * received event, after {@link #checkAuthEvents}.
   */
  public static AuthVerdict checkAgainstAuthEvents(Pdu event, EventSource events) {
    AuthVerdict listed = checkAuthEvents(event, events);
    return listed.isAllowed() ? check(event, stateOfAuthEvents(event, events)) : listed;
  }

  /** The state that an event's auth events make up, with the create event whether listed or not. */
  public static AuthState stateOfAuthEvents(Pdu event, EventSource events) {
    return key -> findAuthEvent(event, events, key);
  }

  private static @Nullable Pdu findAuthEvent(Pdu event, EventSource events, StateKey key) {
    if (event.version().roomIdIsCreateHash() && key.equals(StateKey.CREATE)) {
      return events.get(createIdOf(event));
    }
    for (String id : event.authEvents()) {
      Pdu listed = events.get(id);
      if (listed != null && listed.isState(key.type(), key.stateKey())) {
        return listed;
      }
    }
    return null;
  }

  /** From version 12: the id of the create event, which the room id is made of. */
  static String createIdOf(Pdu event) {
    return "$" + event.roomId().substring(1);
  }
}
