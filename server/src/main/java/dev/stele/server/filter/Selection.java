package dev.stele.server.filter;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * A choice among names: those included, all of them if the filter does not say, less those
 * excluded. Immutable.
 */
public final class Selection {
  /** Chooses every name. */
  public static final Selection ALL = exact(null, null);

  private final @Nullable Names included;
  private final Names excluded;

  private Selection(@Nullable Names included, Names excluded) {
    this.included = included;
    this.excluded = excluded;
  }

  /** Chooses names as they are written. */
  static Selection exact(@Nullable List<String> included, @Nullable List<String> excluded) {
    return new Selection(
        included == null ? null : new Names(Set.copyOf(included), List.of()),
        new Names(excluded == null ? Set.of() : Set.copyOf(excluded), List.of()));
  }

  /** Chooses names by patterns, in which {@code *} stands for any run of characters. */
  static Selection patterns(@Nullable List<String> included, @Nullable List<String> excluded) {
    return new Selection(
        included == null ? null : Names.ofPatterns(included),
        Names.ofPatterns(excluded == null ? List.of() : excluded));
  }

  /** Whether the name is chosen. */
  public boolean includes(String name) {
    return (included == null || included.contain(name)) && !excluded.contain(name);
  }

  /** The only names that can be chosen, if they are few; nothing if there are patterns or more. */
  public Optional<List<String>> atMost(int few) {
    return included == null || !included.patterns.isEmpty() || included.literals.size() > few
        ? Optional.empty()
        : Optional.of(List.copyOf(included.literals));
  }

  /** Whether no name can be chosen. */
  public boolean isEmpty() {
    return included != null && included.isEmpty();
  }

  /** Literal names and patterns. */
  private record Names(Set<String> literals, List<String> patterns) {
    static Names ofPatterns(List<String> names) {
      Set<String> literals = new HashSet<>();
      List<String> patterns = new ArrayList<>();
      for (String name : names) {
        (name.indexOf('*') < 0 ? literals : patterns).add(name);
      }
      return new Names(literals, patterns);
    }

    boolean contain(String name) {
      return literals.contains(name)
          || patterns.stream().anyMatch(pattern -> Wildcard.matches(pattern, name));
    }

    boolean isEmpty() {
      return literals.isEmpty() && patterns.isEmpty();
    }
  }
}
