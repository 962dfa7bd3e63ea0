package dev.stele.stateres.event;

import org.jspecify.annotations.Nullable;

/** Where the rules find the events that they need. Answers at once and always the same. */
@FunctionalInterface
public interface EventSource {
  /** The event with this id; null when it is not known. */
  @Nullable Pdu get(String eventId);

  /** Whether the event with this id was rejected when it was received. */
  default boolean isRejected(String eventId) {
    return false;
  }
}
