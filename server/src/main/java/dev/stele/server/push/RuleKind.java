package dev.stele.server.push;

import java.util.Locale;
import java.util.Optional;
import java.util.stream.Stream;

/** The kinds of push rules, in the order in which they are tried. */
public enum RuleKind {
  OVERRIDE,
  CONTENT,
  ROOM,
  SENDER,
  UNDERRIDE;

  private final String wire = name().toLowerCase(Locale.ROOT);

  /** The kind of this name, if there is one. */
  public static Optional<RuleKind> of(String wire) {
    return Stream.of(values()).filter(kind -> kind.wire.equals(wire)).findFirst();
  }

  /** Its name in JSON and paths. */
  public String wire() {
    return wire;
  }

  /** Whether rules of this kind say themselves what must hold of an event. */
  public boolean hasConditions() {
    return this == OVERRIDE || this == UNDERRIDE;
  }
}
