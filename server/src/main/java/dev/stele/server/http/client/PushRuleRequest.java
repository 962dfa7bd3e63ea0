package dev.stele.server.http.client;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import dev.stele.api.ErrorCode;
import dev.stele.api.Limits;
import dev.stele.server.http.BadRequest;
import dev.stele.server.http.Body;
import dev.stele.server.http.Exchange;
import dev.stele.server.push.PushRule;
import dev.stele.server.push.RuleKind;
import dev.stele.server.push.RuleSet.Place;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** What requests say about push rules, checked. Client-server API, "Push Rules: API". */
final class PushRuleRequest {
  /** The actions that are one word; the old ones are taken, and mean nothing. */
  private static final Set<String> ACTIONS = Set.of("notify", "dont_notify", "coalesce");

  /** The strings that a condition of a known kind must have. */
  private static final Map<String, List<String>> CONDITIONS =
      Map.of(
          "event_match", List.of("key", "pattern"),
          "event_property_is", List.of("key"),
          "event_property_contains", List.of("key"),
          "room_member_count", List.of("is"),
          "sender_notification_permission", List.of("key"));

  private static final int MAX_PATTERN_CHARS = 1_000;
  private static final int MAX_CONDITIONS = 50;
  private static final int MAX_RULE_CHARS = 10_000;

  private PushRuleRequest() {}

  /** The kind that the path names, for what is not only read. */
  static RuleKind kind(Exchange exchange) {
    return RuleKind.of(exchange.path("kind"))
        .orElseThrow(() -> Identifiers.invalid("There is no such kind of push rule"));
  }

  /** The id of a rule that the user may make, change as a whole, or delete. */
  static String ownRule(Exchange exchange) {
    String id = exchange.path("ruleId");
    if (PushRule.isDefault(id)) {
      throw Identifiers.invalid("Rules whose id begins with a dot are the server's");
    }
    if (id.indexOf('/') >= 0 || id.indexOf('\\') >= 0 || id.indexOf('\0') >= 0) {
      throw Identifiers.invalid("The id of a rule has no slashes");
    }
    if (id.getBytes(StandardCharsets.UTF_8).length > Limits.MAX_ID_BYTES) {
      throw Identifiers.invalid("The id of a rule has at most " + Limits.MAX_ID_BYTES + " bytes");
    }
    return id;
  }

  static Place place(Exchange exchange) {
    Place place = new Place(neighbour(exchange, "before"), neighbour(exchange, "after"));
    return place;
  }

  private static @Nullable String neighbour(Exchange exchange, String name) {
    String id = exchange.query(name);
    if (id != null && PushRule.isDefault(id)) {
      throw Identifiers.invalid("A rule has no place relative to one of the server's: " + name);
    }
    return id;
  }

  static PushRule rule(String id, RuleKind kind, Body body) {
    List<JsonNode> actions = actions(body);
    List<JsonNode> conditions = kind.hasConditions() ? conditions(body) : List.of();
    String pattern = kind == RuleKind.CONTENT ? body.requiredString("pattern") : null;
    if (pattern != null && pattern.length() > MAX_PATTERN_CHARS) {
      throw tooLarge();
    }
    PushRule rule = new PushRule(id, true, conditions, pattern, actions);
    if (rule.json(kind).toString().length() > MAX_RULE_CHARS) {
      throw tooLarge();
    }
    return rule;
  }

  /** The actions of a body, which must have some, though there may be none of them. */
  static List<JsonNode> actions(Body body) {
    if (!body.has("actions")) {
      throw new BadRequest(ErrorCode.MISSING_PARAM, "Missing: actions");
    }
    List<JsonNode> actions = elements(body, "actions");
    for (JsonNode action : actions) {
      boolean known =
          action.isTextual()
              ? ACTIONS.contains(action.textValue())
              : action.path("set_tweak").isTextual();
      if (!known) {
        throw Identifiers.invalid("There is no such action: an action is notify or a tweak");
      }
    }
    if (actions.toString().length() > MAX_RULE_CHARS) {
      throw tooLarge();
    }
    return actions;
  }

  private static List<JsonNode> conditions(Body body) {
    List<JsonNode> conditions = elements(body, "conditions");
    if (conditions.size() > MAX_CONDITIONS) {
      throw tooLarge();
    }
    for (JsonNode condition : conditions) {
      String kind = condition.path("kind").textValue();
      if (kind == null) {
        throw Identifiers.invalid("A condition is an object with a kind");
      }
      for (String parameter : CONDITIONS.getOrDefault(kind, List.of())) {
        if (!condition.path(parameter).isTextual()) {
          throw Identifiers.invalid("A condition " + kind + " has a string " + parameter);
        }
      }
    }
    return conditions;
  }

  private static List<JsonNode> elements(Body body, String name) {
    JsonNode value = body.value(name);
    if (value == null) {
      return List.of();
    }
    if (!(value instanceof ArrayNode array)) {
      throw new BadRequest(ErrorCode.BAD_JSON, name + " must be an array");
    }
    List<JsonNode> elements = new ArrayList<>();
    array.forEach(elements::add);
    return elements;
  }

  private static BadRequest tooLarge() {
    return new BadRequest(ErrorCode.TOO_LARGE, "The push rule is too large");
  }
}
