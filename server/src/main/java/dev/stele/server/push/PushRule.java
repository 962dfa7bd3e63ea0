package dev.stele.server.push;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * A push rule.
 *
 * @param id the rule's id; those of the server begin with a dot
 * @param enabled whether it is tried at all
 * @param conditions what must hold of an event, all together; empty for kinds without conditions
 * @param pattern the glob of a rule of kind {@code content}; null for others
 * @param actions what is done then
 */
public record PushRule(
    String id,
    boolean enabled,
    List<JsonNode> conditions,
    @Nullable String pattern,
    List<JsonNode> actions) {
  /** Actions of old specifications, which are to be ignored. */
  private static final Set<String> HISTORICAL = Set.of("dont_notify", "coalesce");

  public PushRule {
    conditions = List.copyOf(conditions);
    actions = actions.stream().filter(action -> !HISTORICAL.contains(action.asText())).toList();
  }

  /** Whether an id is one of those that are kept for the server's own rules. */
  public static boolean isDefault(String id) {
    return id.startsWith(".");
  }

  static PushRule of(String id, PushAction... actions) {
    return new PushRule(
        id, true, List.of(), null, List.of(actions).stream().map(PushAction::json).toList());
  }

  PushRule withEnabled(boolean now) {
    return new PushRule(id, now, conditions, pattern, actions);
  }

  PushRule withActions(List<JsonNode> now) {
    return new PushRule(id, enabled, conditions, pattern, now);
  }

  /** The property is a string that the glob matches. */
  PushRule matching(String key, String glob) {
    return on(condition("event_match").put("key", key).put("pattern", glob));
  }

  /** The property is exactly this value. */
  PushRule being(String key, JsonNode value) {
    return on(condition("event_property_is").put("key", key).set("value", value));
  }

  /** The property is an array that has this value. */
  PushRule containing(String key, String value) {
    return on(condition("event_property_contains").put("key", key).put("value", value));
  }

  /** The sender has the power to notify this much. */
  PushRule allowedToNotify(String key) {
    return on(condition("sender_notification_permission").put("key", key));
  }

  /** The room has so many members. */
  PushRule inRoomsOf(String members) {
    return on(condition("room_member_count").put("is", members));
  }

  /** The rule of the same effect for another room, whose id it has then. */
  PushRule forRoom(String roomId, String otherRoom) {
    List<JsonNode> moved = new ArrayList<>();
    for (JsonNode condition : conditions) {
      boolean names =
          condition.path("key").asText().equals("room_id")
              && condition.path("pattern").asText().equals(roomId);
      moved.add(names ? ((ObjectNode) condition.deepCopy()).put("pattern", otherRoom) : condition);
    }
    return new PushRule(otherRoom, enabled, moved, pattern, actions);
  }

  /** The rule as clients see it. */
  public ObjectNode json(RuleKind kind) {
    ObjectNode json = JsonNodeFactory.instance.objectNode();
    json.put("rule_id", id).put("default", isDefault(id)).put("enabled", enabled);
    if (kind.hasConditions()) {
      json.putArray("conditions").addAll(conditions);
    }
    if (pattern != null) {
      json.put("pattern", pattern);
    }
    json.putArray("actions").addAll(actions);
    return json;
  }

  /** The rule that this JSON is; null if it is none. */
  static @Nullable PushRule read(JsonNode json) {
    String id = json.path("rule_id").textValue();
    return id == null
        ? null
        : new PushRule(
            id,
            json.path("enabled").asBoolean(true),
            elements(json.path("conditions")),
            json.path("pattern").textValue(),
            elements(json.path("actions")));
  }

  private static List<JsonNode> elements(JsonNode array) {
    List<JsonNode> elements = new ArrayList<>();
    array.forEach(elements::add);
    return elements;
  }

  private PushRule on(ObjectNode condition) {
    List<JsonNode> more = new ArrayList<>(conditions);
    more.add(condition);
    return new PushRule(id, enabled, more, pattern, actions);
  }

  private static ObjectNode condition(String kind) {
    return JsonNodeFactory.instance.objectNode().put("kind", kind);
  }
}
