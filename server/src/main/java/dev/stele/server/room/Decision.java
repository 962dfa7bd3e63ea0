package dev.stele.server.room;

import dev.stele.api.MatrixError;
import java.util.List;

/** What a command leads to. */
public sealed interface Decision {
  /**
   * Events to append as a whole, if the room's rules allow each of them.
   *
   * @param drafts at least one, in order
   */
  record Emit(List<EventDraft> drafts) implements Decision {
    public Emit {
      drafts = List.copyOf(drafts);
    }
  }

  /** The room is as the command wants it already. */
  record Unchanged(String eventId) implements Decision {}

  /** The command cannot be carried out. */
  record Refuse(MatrixError error) implements Decision {}
}
