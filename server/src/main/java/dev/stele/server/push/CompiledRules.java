package dev.stele.server.push;

import dev.stele.stateres.event.Pdu;
import java.util.ArrayList;
import java.util.List;

/** A user's rules, ready to be tried on events. Immutable. */
public final class CompiledRules {
  private final String userId;
  private final List<Rule> rules;
  private final boolean asksForName;

  private CompiledRules(String userId, List<Rule> rules, boolean asksForName) {
    this.userId = userId;
    this.rules = List.copyOf(rules);
    this.asksForName = asksForName;
  }

  private record Rule(List<Condition> conditions, Verdict verdict) {
    boolean matches(Pdu event, RoomContext room) {
      for (Condition condition : conditions) {
        if (!condition.holds(event, room)) {
          return false;
        }
      }
      return true;
    }
  }

  public static CompiledRules of(String userId, RuleSet set) {
    List<Rule> rules = new ArrayList<>();
    boolean asksForName = false;
    for (RuleKind kind : RuleKind.values()) {
      for (PushRule rule : set.rules(kind)) {
        if (rule.enabled()) {
          rules.add(new Rule(conditions(kind, rule), Verdict.of(rule.actions())));
          asksForName |=
              rule.conditions().stream()
                  .anyMatch(json -> json.path("kind").asText().equals("contains_display_name"));
        }
      }
    }
    return new CompiledRules(userId, rules, asksForName);
  }

  /** Whether it matters what the user is called in the room. */
  public boolean asksForName() {
    return asksForName;
  }

  /**
   * What the first rule that matches says. Of what the user sends themselves no rule says anything.
   */
  public Verdict evaluate(Pdu event, RoomContext room) {
    if (event.sender().equals(userId)) {
      return Verdict.NONE;
    }
    for (Rule rule : rules) {
      if (rule.matches(event, room)) {
        return rule.verdict();
      }
    }
    return Verdict.NONE;
  }

  private static List<Condition> conditions(RuleKind kind, PushRule rule) {
    String id = rule.id();
    return switch (kind) {
      case OVERRIDE, UNDERRIDE -> rule.conditions().stream().map(Condition::of).toList();
      case CONTENT ->
          List.of(rule.pattern() == null ? Condition.NEVER : Condition.bodyMatches(rule.pattern()));
      case ROOM -> List.of((event, room) -> event.roomId().equals(id));
      case SENDER -> List.of((event, room) -> event.sender().equals(id));
    };
  }
}
