package dev.stele.server.room;

import dev.stele.api.ErrorCode;
import dev.stele.api.MatrixError;
import dev.stele.server.record.Transaction;
import dev.stele.stateres.auth.PowerLevels;
import dev.stele.stateres.event.Pdu;
import dev.stele.stateres.event.StateKey;
import java.util.HashSet;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Send an event: a message, a piece of state, or a redaction.
 *
 * @param roomId the room
 * @param draft the event
 * @param request the repeatable request behind it, or null
 * @param redactedSender who sent the event that this one redacts; null when this is no redaction or
 *     that event is not in the room
 */
public record SendEvent(
    String roomId, EventDraft draft, @Nullable Transaction request, @Nullable String redactedSender)
    implements RoomCommand {

  @Override
  public Set<StateKey> reads() {
    if (draft.redacts() != null) {
      return RoomKeys.POWER;
    }
    if (draft.stateKey() == null) {
      return Set.of();
    }
    Set<StateKey> reads = new HashSet<>();
    reads.add(key());
    reads.add(RoomKeys.member(draft.sender()));
    return reads;
  }

  @Override
  public Optional<Transaction> transaction() {
    return Optional.ofNullable(request);
  }

  @Override
  public Decision decide(RoomView room) {
    if (draft.redacts() != null && !mayRedact(room)) {
      return new Decision.Refuse(
          MatrixError.of(ErrorCode.FORBIDDEN, "You may not redact events of others in this room"));
    }
    Pdu repeated = repeated(room);
    return repeated == null
        ? new Decision.Emit(List.of(draft))
        : new Decision.Unchanged(repeated.eventId());
  }

  /** The state that this event would only repeat, or null. */
  private @Nullable Pdu repeated(RoomView room) {
    if (draft.stateKey() == null || draft.redacts() != null) {
      return null;
    }
    Pdu current = room.state(key());
    return current != null
            && current.sender().equals(draft.sender())
            && current.content().equals(draft.content())
            && room.membership(draft.sender()).equals("join")
        ? current
        : null;
  }

  private StateKey key() {
    return new StateKey(draft.type(), Objects.requireNonNull(draft.stateKey()));
  }

  /** Client-server API, "Redactions": one's own events, or any with the power to redact. */
  private boolean mayRedact(RoomView room) {
    if (redactedSender == null || redactedSender.equals(draft.sender())) {
      return true;
    }
    return PowerLevels.of(room.version(), room::state).mayRedact(draft.sender());
  }
}
