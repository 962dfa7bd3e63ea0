package dev.stele.server.room;

import dev.stele.server.record.RoomEvent;
import dev.stele.server.record.Transaction;
import dev.stele.stateres.event.Pdu;
import org.jspecify.annotations.Nullable;

/**
 * An event that the room's rules allow, not yet in the log.
 *
 * @param replaces the event whose piece of state it takes over, or null
 */
record BuiltEvent(Pdu pdu, @Nullable String replaces) {
  String id() {
    return pdu.eventId();
  }

  /** What the log will say of it. */
  RoomEvent fact(@Nullable Transaction transaction) {
    return new RoomEvent(pdu, transaction, redacts(), replaces, false);
  }

  /** What it redacts. Other types may have a field of that name, which means nothing. */
  private @Nullable String redacts() {
    return pdu.type().equals("m.room.redaction") ? pdu.redacts() : null;
  }
}
