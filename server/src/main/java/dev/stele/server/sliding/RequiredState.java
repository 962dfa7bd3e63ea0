package dev.stele.server.sliding;

import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * The state of a room that a client wants.
 *
 * @param rules whoever is wanted by one of them is wanted
 * @param lazyMembers whether to add the members that the timeline needs
 */
public record RequiredState(Set<Rule> rules, boolean lazyMembers) {
  private static final String MEMBER = "m.room.member";

  public RequiredState {
    rules = Set.copyOf(rules);
  }

  /** What one configuration includes, less what it excludes. */
  public record Rule(List<StateElement> include, List<StateElement> exclude, boolean lazyMembers) {
    public Rule {
      include = List.copyOf(include);
      exclude = List.copyOf(exclude);
    }

    private boolean matches(String type, String stateKey, String me) {
      return include.stream().anyMatch(e -> includes(e, type, stateKey, me))
          && exclude.stream().noneMatch(e -> e.matches(type, stateKey, me));
    }

    /** A wildcard does not mean members that are to be loaded lazily. */
    private boolean includes(StateElement element, String type, String stateKey, String me) {
      boolean everybody = element.stateKey() == null && type.equals(MEMBER);
      return element.matches(type, stateKey, me) && !(everybody && lazyMembers);
    }

    private boolean allMembers() {
      return !lazyMembers
          && include.stream()
              .anyMatch(e -> e.stateKey() == null && (e.type() == null || e.type().equals(MEMBER)));
    }
  }

  static RequiredState of(Rule rule) {
    return new RequiredState(Set.of(rule), rule.lazyMembers());
  }

  /** Whether a piece of state is wanted, apart from members that the timeline needs. */
  public boolean includes(String type, String stateKey, String me) {
    return rules.stream().anyMatch(rule -> rule.matches(type, stateKey, me));
  }

  /** Whether all members are wanted. */
  public boolean allMembers() {
    return rules.stream().anyMatch(Rule::allMembers);
  }

  /** The members that are named, whom nobody but the client can tell that it needs. */
  public Set<String> certainMembers() {
    return rules.stream()
        .flatMap(rule -> rule.include().stream())
        .filter(element -> element.type() == null || element.type().equals(MEMBER))
        .map(StateElement::stateKey)
        .filter(key -> key != null && key.startsWith("@"))
        .collect(Collectors.toSet());
  }

  /** The types that can be wanted; empty for all of them. */
  public Set<String> types() {
    Set<String> types = new LinkedHashSet<>();
    for (Rule rule : rules) {
      for (StateElement element : rule.include()) {
        if (element.type() == null) {
          return Set.of();
        }
        types.add(element.type());
      }
    }
    types.add(MEMBER);
    return types;
  }

  /** What either wants. */
  RequiredState and(RequiredState other) {
    Set<Rule> both = new LinkedHashSet<>(rules);
    both.addAll(other.rules);
    return new RequiredState(both, lazyMembers || other.lazyMembers);
  }

  /** Whether this wants nothing that the other does not. */
  boolean within(RequiredState other) {
    return other.rules.containsAll(rules);
  }
}
