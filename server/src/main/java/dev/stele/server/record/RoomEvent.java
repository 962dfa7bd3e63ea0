package dev.stele.server.record;

import dev.stele.eventstore.Claim;
import dev.stele.stateres.event.Pdu;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A room event was accepted into a room.
 *
 * @param pdu the event; its redacted form once its content was erased
 * @param transaction the request of a local device that led to it, or null
 * @param redacts the event whose content this one takes away, when it is a redaction that takes
 *     effect; null otherwise
 * @param replaces the event that held the same piece of state before, or null
 * @param erased whether the event's content is gone from the log
 */
public record RoomEvent(
    Pdu pdu,
    @Nullable Transaction transaction,
    @Nullable String redacts,
    @Nullable String replaces,
    boolean erased)
    implements Fact {
  @Override
  public String stream() {
    return Fact.roomStream(pdu.roomId());
  }

  @Override
  public List<Claim> claims() {
    Claim event = Claims.event(eventId());
    return transaction == null ? List.of(event) : List.of(event, Claims.transaction(transaction));
  }

  /** The event's id. */
  public String eventId() {
    return pdu.eventId();
  }

  /** The room that the event belongs to. */
  public String roomId() {
    return pdu.roomId();
  }
}
