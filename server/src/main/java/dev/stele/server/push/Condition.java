package dev.stele.server.push;

import com.fasterxml.jackson.databind.JsonNode;
import dev.stele.stateres.event.Pdu;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Something that holds of an event or does not. Client-server API, "Push Rules: Conditions".
 * Immutable.
 */
@FunctionalInterface
interface Condition {
  /** Never holds, as a condition that the server does not know. */
  Condition NEVER = (event, room) -> false;

  boolean holds(Pdu event, RoomContext room);

  /** The condition that a rule writes; one that never holds if it makes no sense. */
  static Condition of(JsonNode json) {
    return switch (json.path("kind").asText()) {
      case "event_match" -> match(json);
      case "event_property_is" -> propertyIs(json);
      case "event_property_contains" -> propertyContains(json);
      case "contains_display_name" -> containsDisplayName();
      case "room_member_count" -> memberCount(json.path("is").asText());
      case "sender_notification_permission" -> permission(json);
      default -> NEVER;
    };
  }

  /** The body has this pattern among its words. */
  static Condition bodyMatches(String pattern) {
    return wordsMatch(PropertyPath.parse("content.body"), Glob.of(pattern));
  }

  private static Condition match(JsonNode json) {
    String key = json.path("key").textValue();
    String pattern = json.path("pattern").textValue();
    if (key == null || pattern == null) {
      return NEVER;
    }
    Glob glob = Glob.of(pattern);
    PropertyPath path = PropertyPath.parse(key);
    if (key.equals("content.body")) {
      return wordsMatch(path, glob);
    }
    return (event, room) -> {
      String value = path.in(event).textValue();
      return value != null && glob.matches(value);
    };
  }

  private static Condition wordsMatch(PropertyPath path, Glob glob) {
    return (event, room) -> {
      String value = path.in(event).textValue();
      return value != null && glob.matchesWords(value);
    };
  }

  private static Condition propertyIs(JsonNode json) {
    String key = json.path("key").textValue();
    JsonNode wanted = json.path("value");
    if (key == null) {
      return NEVER;
    }
    PropertyPath path = PropertyPath.parse(key);
    return (event, room) -> same(wanted, path.in(event));
  }

  private static Condition propertyContains(JsonNode json) {
    String key = json.path("key").textValue();
    JsonNode wanted = json.path("value");
    if (key == null) {
      return NEVER;
    }
    PropertyPath path = PropertyPath.parse(key);
    return (event, room) -> {
      JsonNode value = path.in(event);
      if (value.isArray()) {
        for (JsonNode element : value) {
          if (same(wanted, element)) {
            return true;
          }
        }
      }
      return false;
    };
  }

  /** Exactly the same value; what is no value of its own, such as an object, is never the same. */
  private static boolean same(JsonNode wanted, JsonNode value) {
    if (wanted.isIntegralNumber() && value.isIntegralNumber()) {
      return wanted.bigIntegerValue().equals(value.bigIntegerValue());
    }
    return (wanted.isTextual() || wanted.isBoolean() || wanted.isNull()) && wanted.equals(value);
  }

  private static Condition containsDisplayName() {
    PropertyPath body = PropertyPath.parse("content.body");
    return (event, room) -> {
      String value = body.in(event).textValue();
      String name = room.displayName();
      return value != null
          && name != null
          && !name.isEmpty()
          && Glob.literal(name).matchesWords(value);
    };
  }

  private static Condition memberCount(String is) {
    Matcher form = Pattern.compile("(==|<=|>=|<|>)?([0-9]{1,18})").matcher(is);
    if (!form.matches()) {
      return NEVER;
    }
    long count = Long.parseLong(form.group(2));
    String comparison = form.group(1) == null ? "==" : form.group(1);
    return switch (comparison) {
      case "<" -> (event, room) -> room.members() < count;
      case "<=" -> (event, room) -> room.members() <= count;
      case ">" -> (event, room) -> room.members() > count;
      case ">=" -> (event, room) -> room.members() >= count;
      default -> (event, room) -> room.members() == count;
    };
  }

  private static Condition permission(JsonNode json) {
    String key = json.path("key").textValue();
    return key == null ? NEVER : (event, room) -> room.levels().mayNotify(event.sender(), key);
  }
}
