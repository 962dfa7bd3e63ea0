package dev.stele.server.logging;

import java.util.Map;

/**
 * An argument of a log line that has parts of its own, such as a request with its status. Given as
 * the one argument of the message {@code {}}, it is the line: text as {@code toString()} says, with
 * fields where lines are JSON. Immutable, so that it may be written later and elsewhere.
 */
public interface LogFields {
  /** Its parts by name, in order: strings, numbers and booleans. */
  Map<String, Object> fields();
}
