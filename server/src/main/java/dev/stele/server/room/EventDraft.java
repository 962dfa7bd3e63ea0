package dev.stele.server.room;

import com.fasterxml.jackson.databind.node.ObjectNode;
import org.jspecify.annotations.Nullable;

/**
 * What a user wants an event to say; its place in the DAG is for the room to add.
 *
 * @param type the event type
 * @param stateKey the state key, or null for a message event
 * @param sender the user
 * @param content the content; not changed from here on
 * @param redacts the event to redact, or null
 */
public record EventDraft(
    String type,
    @Nullable String stateKey,
    String sender,
    ObjectNode content,
    @Nullable String redacts) {

  /** A piece of state. */
  public static EventDraft state(String type, String stateKey, String sender, ObjectNode content) {
    return new EventDraft(type, stateKey, sender, content, null);
  }
}
