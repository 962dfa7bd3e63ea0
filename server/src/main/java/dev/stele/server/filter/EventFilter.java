package dev.stele.server.filter;

import java.util.OptionalInt;

/**
 * Which events to include, by what every kind of event has.
 *
 * @param limit how many at most, if the client says; 0 asks for none
 * @param types the event types
 * @param senders the senders
 */
public record EventFilter(OptionalInt limit, Selection types, Selection senders) {
  /** Includes every event. */
  public static final EventFilter ALL =
      new EventFilter(OptionalInt.empty(), Selection.ALL, Selection.ALL);

  static EventFilter read(FilterReader json) {
    return new EventFilter(
        json.count("limit"),
        Selection.patterns(json.names("types", ""), json.names("not_types", "")),
        Selection.exact(json.names("senders", "@"), json.names("not_senders", "@")));
  }

  /** Whether an event of this type and sender is included. */
  public boolean matches(String type, String sender) {
    return types.includes(type) && senders.includes(sender);
  }

  /** Whether something without a sender, such as account data, is included. */
  public boolean matchesType(String type) {
    return types.includes(type);
  }

  /** How many events to show, between 0 and {@code most}. */
  public int limit(int otherwise, int most) {
    return Math.min(limit.orElse(otherwise), most);
  }
}
