package dev.stele.server.projection;

import org.jspecify.annotations.Nullable;

/**
 * A piece of room state.
 *
 * @param type the event type
 * @param stateKey the state key
 * @param since the position from which on it holds
 * @param until the position from which on it holds no more; {@link Long#MAX_VALUE} if it holds
 *     still
 * @param eventId the event that set it
 * @param eventPosition that event's position
 * @param sender who sent that event
 * @param value the membership of a member event, the visibility of a history visibility event; null
 *     for other types and for events that do not say
 * @param redactedBy the redaction that took the event's content away, or null
 */
public record StateRow(
    String type,
    String stateKey,
    long since,
    long until,
    String eventId,
    long eventPosition,
    String sender,
    @Nullable String value,
    @Nullable String redactedBy) {

  /** Whether it held at a position. */
  public boolean heldAt(long position) {
    return since <= position && until > position;
  }

  /** The place of the event; its depth is not known. */
  public EventRow event() {
    return new EventRow(eventId, eventPosition, 0, type, sender, stateKey, redactedBy);
  }
}
