package dev.stele.server.model;

import com.fasterxml.jackson.databind.JsonNode;

/**
 * An event of a room.
 *
 * @param stateKey null if the event is no state
 */
record Told(String id, String type, String stateKey, String sender, JsonNode content) {
  static final String MEMBER = "m.room.member";

  static Told of(JsonNode event) {
    return new Told(
        event.path("event_id").asText(),
        event.path("type").asText(),
        event.has("state_key") ? event.path("state_key").asText() : null,
        event.path("sender").asText(),
        event.path("content"));
  }

  boolean isState() {
    return stateKey != null;
  }

  /** The event that begins the thread which this is in; null if it is in none. */
  String threadRoot() {
    JsonNode relation = content.path("m.relates_to");
    return relation.path("rel_type").asText().equals("m.thread")
        ? relation.path("event_id").asText()
        : null;
  }

  boolean isMemberOf(String userId) {
    return type.equals(MEMBER) && userId.equals(stateKey);
  }

  /** What it is the state of. */
  String slot() {
    return type + "|" + stateKey;
  }

  static String memberSlot(String userId) {
    return MEMBER + "|" + userId;
  }
}
