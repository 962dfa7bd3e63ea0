package dev.stele.server.settings;

import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/** A value as it was written, not yet checked, that knows where it was written. */
sealed interface Node {

  Place place();

  /** The value on one line, for messages. */
  String shown();

  /** How a scalar was written. */
  enum Kind {
    TEXT,
    NUMBER,
    BOOLEAN,
    NOTHING,
    /** From the environment or a flag, where nothing is quoted: the setting says what it is. */
    RAW
  }

  /** A single value. */
  record Scalar(Place place, Kind kind, String text) implements Node {
    @Override
    public String shown() {
      return text;
    }
  }

  /** A list. */
  record Sequence(Place place, List<Node> items) implements Node {
    @Override
    public String shown() {
      return items.stream().map(Node::shown).collect(Collectors.joining(", ", "[", "]"));
    }
  }

  /** A section; its keys in the order in which they were written. */
  record Mapping(Place place, Map<String, Node> entries) implements Node {
    @Override
    public String shown() {
      return entries.entrySet().stream()
          .map(entry -> entry.getKey() + ": " + entry.getValue().shown())
          .collect(Collectors.joining(", ", "{", "}"));
    }
  }

  /** Whether nothing was said here, as in {@code key:} with no value. */
  default boolean isNothing() {
    return this instanceof Scalar scalar
        && (scalar.kind == Kind.NOTHING || (scalar.kind == Kind.RAW && scalar.text.isEmpty()));
  }
}
