package dev.stele.server.push;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.stele.server.push.RuleChange.Changed;
import dev.stele.server.push.RuleChange.Reason;
import dev.stele.server.push.RuleChange.Refused;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/**
 * All push rules of a user, in the order in which they are tried: the user's own with the server's
 * defaults. Immutable.
 *
 * <p>What is stored is the whole set, as clients see it. Of the defaults only what the user may
 * change is taken from there, so that those of a newer server appear.
 */
public final class RuleSet {
  /** The account data that holds it. */
  public static final String TYPE = "m.push_rules";

  private static final int MAX_RULES = 500;

  private final Map<RuleKind, List<PushRule>> rules;

  private RuleSet(Map<RuleKind, List<PushRule>> rules) {
    this.rules = rules;
  }

  /**
   * The rules of a user.
   *
   * @param stored the content of their {@code m.push_rules}, or null if there is none
   */
  public static RuleSet of(String userId, @Nullable JsonNode stored) {
    Map<RuleKind, List<PushRule>> rules = new EnumMap<>(RuleKind.class);
    for (RuleKind kind : RuleKind.values()) {
      List<PushRule> own = new ArrayList<>();
      Map<String, PushRule> changed = new HashMap<>();
      if (stored != null) {
        for (JsonNode json : stored.path("global").path(kind.wire())) {
          PushRule rule = PushRule.read(json);
          if (rule != null && PushRule.isDefault(rule.id())) {
            changed.put(rule.id(), rule);
          } else if (rule != null) {
            own.add(rule);
          }
        }
      }
      rules.put(kind, ordered(own, DefaultPushRules.of(kind, userId), changed));
    }
    return new RuleSet(rules);
  }

  private static List<PushRule> ordered(
      List<PushRule> own, List<PushRule> defaults, Map<String, PushRule> changed) {
    List<PushRule> ordered = new ArrayList<>(own);
    for (PushRule rule : defaults) {
      PushRule known = changed.get(rule.id());
      PushRule now =
          known == null ? rule : rule.withEnabled(known.enabled()).withActions(known.actions());
      if (rule.id().equals(DefaultPushRules.MASTER)) {
        ordered.add(0, now);
      } else {
        ordered.add(now);
      }
    }
    return List.copyOf(ordered);
  }

  /** The rules of a kind, the first to be tried first. */
  public List<PushRule> rules(RuleKind kind) {
    return rules.getOrDefault(kind, List.of());
  }

  public Optional<PushRule> rule(RuleKind kind, String id) {
    return rules(kind).stream().filter(rule -> rule.id().equals(id)).findFirst();
  }

  /** The content of {@code m.push_rules}: a new object that the caller may change. */
  public ObjectNode json() {
    ObjectNode content = JsonNodeFactory.instance.objectNode();
    ObjectNode global = content.putObject("global");
    for (RuleKind kind : RuleKind.values()) {
      var list = global.putArray(kind.wire());
      rules(kind).forEach(rule -> list.add(rule.json(kind)));
    }
    return content;
  }

  /**
   * Adds one of the user's own rules, before all others of theirs unless the place says otherwise,
   * or replaces it, where it stays in its place and in force or not as it was.
   */
  public RuleChange put(RuleKind kind, PushRule rule, Place place) {
    List<PushRule> list = new ArrayList<>(rules(kind));
    int known = indexOf(list, rule.id());
    PushRule now = rule;
    if (known >= 0) {
      now = rule.withEnabled(list.remove(known).enabled());
    } else if (ownRules() >= MAX_RULES) {
      return new Refused(Reason.TOO_MANY);
    }
    if (place.before() != null || place.after() != null) {
      String other = place.before() != null ? place.before() : place.after();
      int found = indexOf(list, String.valueOf(other));
      if (found < 0) {
        return new Refused(Reason.NO_SUCH_NEIGHBOUR);
      }
      list.add(place.before() != null ? found : found + 1, now);
    } else {
      list.add(known >= 0 ? known : firstOwn(list), now);
    }
    return new Changed(with(kind, list));
  }

  /**
   * The rules with a copy for another room of each that is about one room: those whose id is the
   * room's, before which their copies come. There is no copy where the other room has a rule
   * already, nor of more rules than anybody may have.
   */
  public RuleSet alsoFor(String roomId, String otherRoom) {
    RuleSet now = this;
    for (RuleKind kind : RuleKind.values()) {
      Optional<PushRule> rule = now.rule(kind, roomId);
      if (rule.isPresent() && now.rule(kind, otherRoom).isEmpty()) {
        PushRule copy = rule.get().forRoom(roomId, otherRoom);
        if (now.put(kind, copy, new Place(roomId, null)) instanceof Changed changed) {
          now = changed.rules();
        }
      }
    }
    return now;
  }

  /** Takes one of the user's own rules away. */
  public RuleChange delete(RuleKind kind, String id) {
    List<PushRule> list = new ArrayList<>(rules(kind));
    return list.removeIf(rule -> rule.id().equals(id))
        ? new Changed(with(kind, list))
        : new Refused(Reason.NO_SUCH_RULE);
  }

  /** Puts a rule, whoever made it, in force or out of it. */
  public RuleChange enable(RuleKind kind, String id, boolean enabled) {
    return change(kind, id, rule -> rule.withEnabled(enabled));
  }

  /** Changes what a rule does, whoever made it. */
  public RuleChange act(RuleKind kind, String id, List<JsonNode> actions) {
    return change(kind, id, rule -> rule.withActions(actions));
  }

  private RuleChange change(RuleKind kind, String id, UnaryOperator<PushRule> change) {
    List<PushRule> list = new ArrayList<>(rules(kind));
    int found = indexOf(list, id);
    if (found < 0) {
      return new Refused(Reason.NO_SUCH_RULE);
    }
    list.set(found, change.apply(list.get(found)));
    return new Changed(with(kind, list));
  }

  private RuleSet with(RuleKind kind, List<PushRule> list) {
    Map<RuleKind, List<PushRule>> changed = new EnumMap<>(rules);
    changed.put(kind, List.copyOf(list));
    return new RuleSet(changed);
  }

  private long ownRules() {
    return rules.values().stream()
        .flatMap(List::stream)
        .filter(rule -> !PushRule.isDefault(rule.id()))
        .count();
  }

  private static int indexOf(List<PushRule> list, String id) {
    for (int i = 0; i < list.size(); i++) {
      if (list.get(i).id().equals(id)) {
        return i;
      }
    }
    return -1;
  }

  private static int firstOwn(List<PushRule> list) {
    return !list.isEmpty() && list.get(0).id().equals(DefaultPushRules.MASTER) ? 1 : 0;
  }

  /**
   * Where to put a rule among the user's own; {@code before} counts if both are given.
   *
   * @param before the rule that the new one comes directly before, or null
   * @param after the rule that the new one comes directly after, or null
   */
  public record Place(@Nullable String before, @Nullable String after) {}
}
