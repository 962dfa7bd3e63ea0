package dev.stele.server.sync;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.stele.server.sync.SyncAnswer.TypedContent;
import dev.stele.server.unread.Unread;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What is new in a room that the user is in, or has left.
 *
 * @param left whether the user has left it
 * @param slice the timeline with the state that goes with it
 * @param prevBatch where to go on backwards from the timeline; null when there is nothing before
 * @param accountData the user's data for the room
 * @param ephemeral receipts and typing notices; none of a room that was left
 * @param unread what the user has not read of it; nothing of a room that was left
 */
record RoomNews(
    String roomId,
    boolean left,
    Slice slice,
    @Nullable String prevBatch,
    List<TypedContent> accountData,
    List<ObjectNode> ephemeral,
    Unread unread) {

  boolean isEmpty() {
    return slice.state().isEmpty()
        && slice.timeline().isEmpty()
        && !slice.limited()
        && slice.summary() == null
        && accountData.isEmpty()
        && ephemeral.isEmpty();
  }
}
