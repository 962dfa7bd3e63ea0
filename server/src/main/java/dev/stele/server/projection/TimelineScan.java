package dev.stele.server.projection;

import java.util.List;

/** Which index to find a room's events by. Each kind has one. */
public sealed interface TimelineScan {
  /** Every event. */
  record Everything() implements TimelineScan {}

  /**
   * Events of these types.
   *
   * @param types a few; each is looked for on its own
   */
  record OfTypes(List<String> types) implements TimelineScan {
    public OfTypes {
      types = List.copyOf(types);
    }
  }

  /** Events whose content has a {@code url}. */
  record WithUrl() implements TimelineScan {}
}
