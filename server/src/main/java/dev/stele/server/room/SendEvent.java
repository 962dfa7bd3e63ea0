package dev.stele.server.room;

import dev.stele.server.record.Transaction;

import dev.stele.api.ErrorCode;
import dev.stele.api.MatrixError;
import dev.stele.stateres.auth.PowerLevels;
import dev.stele.stateres.event.Pdu;
import dev.stele.stateres.event.StateKey;
import java.util.List;
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
    String roomId,
    EventDraft draft,
    @Nullable Transaction request,
    @Nullable String redactedSender)
    implements RoomCommand {

  @Override
  public Set<StateKey> reads() {
    return draft.redacts() == null ? Set.of() : RoomKeys.POWER;
  }

  @Override
  public Optional<Transaction> transaction() {
    return Optional.ofNullable(request);
  }

  @Override
  public Decision decide(RoomView room) {
    if (draft.redacts() == null || mayRedact(room)) {
      return new Decision.Emit(List.of(draft));
    }
    return new Decision.Refuse(
        MatrixError.of(ErrorCode.FORBIDDEN, "You may not redact events of others in this room"));
  }

  /** Client-server API, "Redactions": one's own events, or any with the power to redact. */
  private boolean mayRedact(RoomView room) {
    if (redactedSender == null || redactedSender.equals(draft.sender())) {
      return true;
    }
    PowerLevels levels =
        PowerLevels.of(
            room.version(),
            room.state(RoomKeys.CREATE),
            room.state(RoomKeys.POWER_LEVELS));
    return levels.of(draft.sender()) >= levels.redact();
  }
}
