package dev.stele.server.sync;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.stele.server.event.KnownEvent;
import dev.stele.server.event.ShownEvent;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What {@code /sync} tells.
 *
 * @param next the token to go on from
 * @param rooms rooms that the user is in, or has left
 * @param offers rooms that the user is invited to, or has knocked at
 * @param accountData the user's global account data
 */
record SyncAnswer(
    SyncToken next, List<RoomNews> rooms, List<RoomOffer> offers, List<TypedContent> accountData) {

  /** Whether there is nothing to tell. */
  boolean isEmpty() {
    return rooms.isEmpty() && offers.isEmpty() && accountData.isEmpty();
  }

  /** An event that has no more than a type and a content. */
  record TypedContent(String type, JsonNode content) {}

  /**
   * What is new in a room whose timeline the user may see.
   *
   * @param left whether the user has left it
   * @param state state between the client's token and the timeline
   * @param timeline the newest events, in order
   * @param limited whether there are events between the client's token and the timeline
   * @param prevBatch where to go on backwards from the timeline; null when there is none
   */
  record RoomNews(
      String roomId,
      boolean left,
      List<ShownEvent> state,
      List<ShownEvent> timeline,
      boolean limited,
      @Nullable String prevBatch,
      List<TypedContent> accountData,
      List<ObjectNode> ephemeral) {

    boolean isEmpty() {
      return state.isEmpty() && timeline.isEmpty() && accountData.isEmpty() && ephemeral.isEmpty();
    }
  }

  /**
   * A room that the user may come into.
   *
   * @param knocked whether the user asked, rather than somebody in the room
   * @param state stripped state
   */
  record RoomOffer(String roomId, boolean knocked, List<KnownEvent> state) {}
}
