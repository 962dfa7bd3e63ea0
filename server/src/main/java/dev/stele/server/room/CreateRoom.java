package dev.stele.server.room;

import dev.stele.api.ErrorCode;
import dev.stele.api.MatrixError;
import dev.stele.server.record.Fact;
import dev.stele.stateres.event.Pdu;
import dev.stele.stateres.event.StateKey;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * Create a room: its create event, which names it, and what follows at once. Client-server API,
 * "Creation".
 *
 * @param create the create event, built before the room has a home since some versions derive the
 *     room's id from it
 * @param drafts the events after it, in order; the first is the creator's join
 * @param facts what else becomes true with the room, such as its alias or its place in the
 *     directory
 */
public record CreateRoom(Pdu create, List<EventDraft> drafts, List<Fact> facts)
    implements RoomCommand {
  public CreateRoom {
    drafts = List.copyOf(drafts);
    facts = List.copyOf(facts);
  }

  @Override
  public String roomId() {
    return create.roomId();
  }

  @Override
  public Set<StateKey> reads() {
    return Set.of(RoomKeys.CREATE);
  }

  @Override
  public Optional<Pdu> firstEvent() {
    return Optional.of(create);
  }

  @Override
  public Decision decide(RoomView room) {
    return room.state(RoomKeys.CREATE) == null
        ? new Decision.Emit(drafts)
        : new Decision.Refuse(MatrixError.of(ErrorCode.ROOM_IN_USE, "The room exists already"));
  }
}
