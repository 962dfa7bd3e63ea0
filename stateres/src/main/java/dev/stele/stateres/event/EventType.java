package dev.stele.stateres.event;

/** The event types to which the room rules give a meaning. */
public final class EventType {
  public static final String CREATE = "m.room.create";
  public static final String MEMBER = "m.room.member";
  public static final String POWER_LEVELS = "m.room.power_levels";
  public static final String JOIN_RULES = "m.room.join_rules";
  public static final String THIRD_PARTY_INVITE = "m.room.third_party_invite";
  public static final String REDACTION = "m.room.redaction";
  public static final String ALIASES = "m.room.aliases";

  private EventType() {}
}
