package dev.stele.server.room;

import dev.stele.api.ErrorCode;
import dev.stele.api.MatrixError;
import dev.stele.server.record.Fact;
import dev.stele.server.record.Transaction;
import dev.stele.stateres.event.Pdu;
import dev.stele.stateres.event.StateKey;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * Something that a local user asks of a room, not yet decided. A command is a pure function of the
 * room's state: it may be decided again when an earlier command of the room failed.
 */
public sealed interface RoomCommand
    permits ChangeMembership, CreateRoom, RedeemInvite, SendEvent, UpgradeRoom {
  /** The room. */
  String roomId();

  /** The state that {@link #decide} reads, besides what authorising its events takes. */
  Set<StateKey> reads();

  /** The request that this command stands for, if it may be retried under a transaction id. */
  default Optional<Transaction> transaction() {
    return Optional.empty();
  }

  /** The event that comes before what {@link #decide} asks for: the create event of a new room. */
  default Optional<Pdu> firstEvent() {
    return Optional.empty();
  }

  /** What else becomes true with the command's events, in the same append. */
  default List<Fact> facts() {
    return List.of();
  }

  /** The answer if there is no such room. */
  default MatrixError unknownRoom() {
    return MatrixError.of(ErrorCode.FORBIDDEN, "You are not in the room " + roomId());
  }

  /** What the command leads to in a room as it stands. */
  Decision decide(RoomView room);
}
