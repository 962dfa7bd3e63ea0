package dev.stele.server.room;

import dev.stele.server.projection.AliasRow;
import dev.stele.stateres.event.Pdu;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * A room that is to be replaced, as it stood when it was read.
 *
 * @param create its create event
 * @param lastEvent its newest event
 * @param state the pieces of its state that a replacement may take over, without redacted content
 * @param banned who is banned from it
 * @param aliases the aliases of this server that point to it
 * @param listed whether the public room directory lists it
 * @param tombstone the event that says that it was replaced before, or null
 */
public record OldRoom(
    Pdu create,
    String lastEvent,
    List<NewRoom.Piece> state,
    List<String> banned,
    List<AliasRow> aliases,
    boolean listed,
    @Nullable Pdu tombstone) {
  public OldRoom {
    state = List.copyOf(state);
    banned = List.copyOf(banned);
    aliases = List.copyOf(aliases);
  }

  /** Its id. */
  public String roomId() {
    return create.roomId();
  }

  Optional<NewRoom.Piece> piece(String type) {
    return state.stream()
        .filter(piece -> piece.type().equals(type) && piece.stateKey().isEmpty())
        .findFirst();
  }
}
