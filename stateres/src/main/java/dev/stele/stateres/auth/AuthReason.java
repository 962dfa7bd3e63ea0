package dev.stele.stateres.auth;

/**
 * The rules by which an event can be denied, in the order of the specification's list.
 *
 * @see <a href="https://spec.matrix.org/v1.19/rooms/v12/#authorisation-rules">Authorisation
 *     rules</a>
 */
public enum AuthReason {
  /** A create event that is not the first event. */
  CREATE_NOT_FIRST,
  /** A create event whose sender's server is not the room id's. Until version 11. */
  CREATE_ROOM_ID_OF_OTHER_SERVER,
  /** A create event with a room id. From version 12. */
  CREATE_HAS_ROOM_ID,
  /** A create event of a version that nobody knows. */
  CREATE_VERSION_UNKNOWN,
  /** A create event without {@code creator}. Until version 10. */
  CREATE_WITHOUT_CREATOR,
  /** A create event whose {@code additional_creators} are not user ids. From version 12. */
  CREATE_ADDITIONAL_CREATORS_MALFORMED,
  /** The room's create event is not known, or was rejected. */
  CREATE_MISSING,
  /** The event belongs to another room than the create event. */
  OTHER_ROOM,
  /** An auth event is not known. */
  AUTH_EVENT_MISSING,
  /** Two auth events have the same type and state key. */
  AUTH_EVENTS_DUPLICATE,
  /** An auth event that the selection algorithm does not select. */
  AUTH_EVENT_NOT_SELECTED,
  /** An auth event was itself rejected. */
  AUTH_EVENT_REJECTED,
  /** No create event among the auth events. Until version 11. */
  AUTH_EVENTS_WITHOUT_CREATE,
  /** An auth event is of another room. */
  AUTH_EVENT_OF_OTHER_ROOM,
  /** The room does not federate and the sender is on another server than its creator. */
  NOT_FEDERATED,
  /** An alias event without state key. Until version 5. */
  ALIASES_WITHOUT_STATE_KEY,
  /** An alias event for another server than the sender's. Until version 5. */
  ALIASES_OF_OTHER_SERVER,
  /** A member event without state key. */
  MEMBER_WITHOUT_STATE_KEY,
  /** A member event without membership. */
  MEMBER_WITHOUT_MEMBERSHIP,
  /** The user who should have authorised a join is no user. From version 8. */
  MEMBER_AUTHORISER_MALFORMED,
  /** The server of the user who should have authorised a join has not signed. From version 8. */
  MEMBER_AUTHORISER_NOT_SIGNED,
  /** A membership that the room version does not know. */
  MEMBERSHIP_UNKNOWN,
  /** A join for another user. */
  JOIN_OF_OTHER_USER,
  /** A join of a banned user. */
  JOIN_BANNED,
  /** A join without invite into a room that needs one. */
  JOIN_NOT_INVITED,
  /** A restricted join that no joined user with the power to invite has authorised. */
  JOIN_NOT_AUTHORISED,
  /** A join rule by which nobody may join. */
  JOIN_RULE_UNKNOWN,
  /** A third-party invite of a banned user. */
  THIRD_PARTY_INVITE_OF_BANNED,
  /** A third-party invite without {@code signed}, {@code mxid} or {@code token}. */
  THIRD_PARTY_INVITE_MALFORMED,
  /** A third-party invite that was signed for another user. */
  THIRD_PARTY_INVITE_OF_OTHER_USER,
  /** A third-party invite whose token the room does not know. */
  THIRD_PARTY_INVITE_UNKNOWN,
  /** A third-party invite redeemed by another user than who issued it. */
  THIRD_PARTY_INVITE_BY_OTHER_USER,
  /** A third-party invite without a valid signature. */
  THIRD_PARTY_INVITE_NOT_SIGNED,
  /** An invite by a user who is not in the room. */
  INVITE_BY_OUTSIDER,
  /** An invite of a user who is joined or banned. */
  INVITE_OF_MEMBER_OR_BANNED,
  /** An invite by a user without the power to invite. */
  INVITE_NEEDS_POWER,
  /** A leave of a user who is not in the room. */
  LEAVE_NOT_MEMBER,
  /** A kick or unban by a user who is not in the room. */
  KICK_BY_OUTSIDER,
  /** An unban by a user without the power to ban. */
  UNBAN_NEEDS_POWER,
  /** A kick by a user without the power for it. */
  KICK_NEEDS_POWER,
  /** A ban by a user who is not in the room. */
  BAN_BY_OUTSIDER,
  /** A ban by a user without the power for it. */
  BAN_NEEDS_POWER,
  /** A knock where the join rule does not let one knock. */
  KNOCK_NOT_POSSIBLE,
  /** A knock for another user. */
  KNOCK_OF_OTHER_USER,
  /** A knock of a user who is banned, invited or joined. */
  KNOCK_OF_MEMBER_OR_BANNED,
  /** A sender who is not in the room. */
  SENDER_NOT_JOINED,
  /** A third-party invite issued without the power to invite. */
  THIRD_PARTY_INVITE_NEEDS_POWER,
  /** An event whose type needs more power than its sender has. */
  EVENT_NEEDS_POWER,
  /** A state event that belongs to another user. */
  STATE_OF_OTHER_USER,
  /** A power levels event with a level that is no integer. */
  POWER_LEVEL_NOT_INTEGER,
  /** A power levels event with {@code users} that are not users. */
  POWER_LEVELS_USERS_MALFORMED,
  /** A power levels event that gives a creator a level. From version 12. */
  POWER_LEVELS_NAME_CREATOR,
  /** A change of a level that is above the sender's. */
  POWER_LEVEL_ABOVE_SENDER,
  /** A level raised above the sender's. */
  POWER_LEVEL_RAISED_ABOVE_SENDER,
  /** A change of the level of a user as powerful as the sender. */
  POWER_LEVEL_OF_EQUAL,
  /** A redaction of another server's event without the power for it. Versions 1 and 2. */
  REDACTION_NEEDS_POWER
}
