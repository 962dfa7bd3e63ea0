package dev.stele.server.http.client;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.stele.api.ErrorCode;
import dev.stele.server.http.BadRequest;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;

/**
 * The types of what the specification's state events say. Every client of a room has to read its
 * state, so that a name that is a number would be everybody's trouble. Values that are not of the
 * specification pass, and so do fields that are missing.
 */
final class StateShapes {
  private static final Shape STRING = new Shape("a string", JsonNode::isTextual);
  private static final Shape BOOLEAN = new Shape("a boolean", JsonNode::isBoolean);
  private static final Shape OBJECT = new Shape("an object", JsonNode::isObject);
  private static final Shape STRINGS =
      new Shape("an array of strings", array -> isArrayOf(array, JsonNode::isTextual));
  private static final Shape OBJECTS =
      new Shape("an array of objects", array -> isArrayOf(array, JsonNode::isObject));

  private static final Map<String, List<Field>> FIELDS =
      Map.ofEntries(
          Map.entry("m.room.avatar", List.of(new Field("url", STRING), new Field("info", OBJECT))),
          Map.entry("m.room.encryption", List.of(new Field("algorithm", STRING))),
          Map.entry("m.room.guest_access", List.of(new Field("guest_access", STRING))),
          Map.entry("m.room.history_visibility", List.of(new Field("history_visibility", STRING))),
          Map.entry(
              "m.room.join_rules",
              List.of(new Field("join_rule", STRING), new Field("allow", OBJECTS))),
          Map.entry(
              "m.room.member",
              List.of(
                  new Field("displayname", STRING),
                  new Field("avatar_url", STRING),
                  new Field("reason", STRING),
                  new Field("is_direct", BOOLEAN),
                  new Field("third_party_invite", OBJECT))),
          Map.entry("m.room.name", List.of(new Field("name", STRING))),
          Map.entry("m.room.pinned_events", List.of(new Field("pinned", STRINGS))),
          Map.entry(
              "m.room.server_acl",
              List.of(
                  new Field("allow", STRINGS),
                  new Field("deny", STRINGS),
                  new Field("allow_ip_literals", BOOLEAN))),
          Map.entry(
              "m.room.tombstone",
              List.of(new Field("body", STRING), new Field("replacement_room", STRING))),
          // Clients in use write m.topic as the array that it was before it was specified.
          Map.entry("m.room.topic", List.of(new Field("topic", STRING))));

  private StateShapes() {}

  /**
   * Checks what an event of this type says.
   *
   * @throws BadRequest {@code M_BAD_JSON}
   */
  static void check(String type, ObjectNode content) {
    if (type.equals("m.room.power_levels")) {
      PowerLevelsContent.check(content);
    }
    for (Field field : FIELDS.getOrDefault(type, List.of())) {
      JsonNode value = content.path(field.name());
      if (!value.isMissingNode() && !value.isNull() && !field.shape().fits().test(value)) {
        throw new BadRequest(
            ErrorCode.BAD_JSON, field.name() + " of " + type + " must be " + field.shape().name());
      }
    }
  }

  private static boolean isArrayOf(JsonNode array, Predicate<JsonNode> element) {
    boolean fits = array.isArray();
    for (JsonNode one : array) {
      fits &= element.test(one);
    }
    return fits;
  }

  private record Field(String name, Shape shape) {}

  private record Shape(String name, Predicate<JsonNode> fits) {}
}
