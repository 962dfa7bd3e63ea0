package dev.stele.server.sliding;

/**
 * How much of a room a client wants.
 *
 * @param timelineLimit how many events of its timeline at most
 * @param requiredState which of its state
 */
public record RoomConfig(int timelineLimit, RequiredState requiredState) {
  /** As much as either wants. */
  public RoomConfig and(RoomConfig other) {
    return new RoomConfig(
        Math.max(timelineLimit, other.timelineLimit), requiredState.and(other.requiredState));
  }

  /** Whether this asks for a longer timeline. */
  public boolean extendsTimelineOf(RoomConfig other) {
    return timelineLimit > other.timelineLimit;
  }

  /** Whether this asks for state that the other does not. */
  public boolean extendsStateOf(RoomConfig other) {
    return !requiredState.within(other.requiredState);
  }
}
