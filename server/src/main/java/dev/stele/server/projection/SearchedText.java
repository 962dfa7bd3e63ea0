package dev.stele.server.projection;

import com.fasterxml.jackson.databind.JsonNode;
import dev.stele.server.record.Relation;
import dev.stele.stateres.event.Pdu;

/**
 * What of an event can be searched. Client-server API, "Server Side Search". An edit is found by
 * what it changes the text to, and as itself: the original stays findable by what it said.
 */
final class SearchedText {
  private SearchedText() {}

  /** Whether an event is of a kind that has a text, which may still be empty. */
  static boolean mayBeIn(Pdu event) {
    return switch (event.type()) {
      case "m.room.message" -> !event.isState();
      case "m.room.name", "m.room.topic" -> event.isState();
      default -> false;
    };
  }

  /** The text; empty if there is none. */
  static String of(Pdu event) {
    if (!mayBeIn(event)) {
      return "";
    }
    JsonNode content = event.content();
    return switch (event.type()) {
      case "m.room.name" -> content.path("name").asText("");
      case "m.room.topic" -> topic(content);
      default -> body(event, content);
    };
  }

  private static String body(Pdu event, JsonNode content) {
    boolean edit = Relation.of(event).filter(r -> r.type().equals(Relation.REPLACE)).isPresent();
    JsonNode edited = content.path("m.new_content").path("body");
    JsonNode body = edit && edited.isTextual() ? edited : content.path("body");
    return body.isTextual() ? body.textValue() : "";
  }

  private static String topic(JsonNode content) {
    StringBuilder topic = new StringBuilder(content.path("topic").asText(""));
    for (JsonNode text : content.path("m.topic").path("m.text")) {
      if (text.path("mimetype").asText("text/plain").equals("text/plain")) {
        topic.append('\n').append(text.path("body").asText(""));
      }
    }
    return topic.toString().strip();
  }
}
