package dev.stele.server.push;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.LongNode;
import com.fasterxml.jackson.databind.node.MissingNode;
import com.fasterxml.jackson.databind.node.TextNode;
import dev.stele.stateres.event.Pdu;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The place of a property in an event: names with dots between them. Appendices, "Dot-separated
 * property paths".
 */
record PropertyPath(List<String> names) {
  PropertyPath {
    names = List.copyOf(names);
  }

  /** A dot or a backslash after a backslash is part of a name; any other pair stays as it is. */
  static PropertyPath parse(String text) {
    List<String> names = new ArrayList<>();
    StringBuilder name = new StringBuilder();
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      if (c == '\\' && i + 1 < text.length() && isEscaped(text.charAt(i + 1))) {
        i++;
        name.append(text.charAt(i));
      } else if (c == '.') {
        names.add(name.toString());
        name.setLength(0);
      } else {
        name.append(c);
      }
    }
    names.add(name.toString());
    return new PropertyPath(names);
  }

  private static boolean isEscaped(char c) {
    return c == '.' || c == '\\';
  }

  /** What an event has there; a missing node if it has nothing. */
  JsonNode in(Pdu event) {
    JsonNode value = member(event, names.get(0));
    for (int i = 1; i < names.size(); i++) {
      value = value.path(names.get(i));
    }
    return value;
  }

  private static JsonNode member(Pdu event, String name) {
    return switch (name) {
      case "content" -> event.content();
      case "event_id" -> text(event.eventId());
      case "origin_server_ts" -> LongNode.valueOf(event.originServerTs());
      case "redacts" -> text(event.redacts());
      case "room_id" -> text(event.roomId());
      case "sender" -> text(event.sender());
      case "state_key" -> text(event.stateKey());
      case "type" -> text(event.type());
      default -> MissingNode.getInstance();
    };
  }

  private static JsonNode text(@Nullable String value) {
    return value == null ? MissingNode.getInstance() : TextNode.valueOf(value);
  }
}
