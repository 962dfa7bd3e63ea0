package dev.stele.server.account;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.List;

/**
 * A push rule of kind {@code override} or {@code underride}.
 *
 * @param id the rule's id; those of the server begin with a dot
 * @param enabled whether it is tried at all
 * @param conditions what must hold of an event, all together
 * @param actions what is done then
 */
record PushRule(String id, boolean enabled, List<ObjectNode> conditions, List<PushAction> actions) {
  static PushRule of(String id, PushAction... actions) {
    return new PushRule(id, true, List.of(), List.of(actions));
  }

  PushRule disabled() {
    return new PushRule(id, false, conditions, actions);
  }

  /** The property is a string that the glob matches. */
  PushRule matching(String key, String pattern) {
    return on(condition("event_match").put("key", key).put("pattern", pattern));
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

  ObjectNode json() {
    ObjectNode json = JsonNodeFactory.instance.objectNode();
    json.put("rule_id", id).put("default", id.startsWith(".")).put("enabled", enabled);
    json.putArray("conditions").addAll(conditions);
    json.putArray("actions").addAll(actions.stream().map(PushAction::json).toList());
    return json;
  }

  private PushRule on(ObjectNode condition) {
    List<ObjectNode> more = new ArrayList<>(conditions);
    more.add(condition);
    return new PushRule(id, enabled, List.copyOf(more), actions);
  }

  private static ObjectNode condition(String kind) {
    return JsonNodeFactory.instance.objectNode().put("kind", kind);
  }
}
