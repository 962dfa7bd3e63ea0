package dev.stele.stateres.event;

/**
 * The place of a state event in a room's state.
 *
 * @param type the event's type
 * @param stateKey the event's state key, often empty
 */
public record StateKey(String type, String stateKey) implements Comparable<StateKey> {
  public static final StateKey CREATE = new StateKey(EventType.CREATE, "");
  public static final StateKey POWER_LEVELS = new StateKey(EventType.POWER_LEVELS, "");
  public static final StateKey JOIN_RULES = new StateKey(EventType.JOIN_RULES, "");

  /** Where a user's membership stands. */
  public static StateKey member(String userId) {
    return new StateKey(EventType.MEMBER, userId);
  }

  @Override
  public int hashCode() {
    return type.hashCode() * 31 + stateKey.hashCode();
  }

  @Override
  public int compareTo(StateKey other) {
    int byType = type.compareTo(other.type);
    return byType != 0 ? byType : stateKey.compareTo(other.stateKey);
  }
}
