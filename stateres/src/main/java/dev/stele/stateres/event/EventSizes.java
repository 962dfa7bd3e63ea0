package dev.stele.stateres.event;

import java.nio.charset.StandardCharsets;

/**
 * The limits of an event's size.
 *
 * @see <a href="https://spec.matrix.org/v1.19/client-server-api/#size-limits">Size limits</a>
 */
public final class EventSizes {
  /** The greatest event: bytes of Canonical JSON in federation format, signatures included. */
  public static final int MAX_EVENT_BYTES = 65_536;

  /** The greatest sender, room id, state key, type and event id: bytes of UTF-8. */
  public static final int MAX_FIELD_BYTES = 255;

  static final int MAX_AUTH_EVENTS = 10;
  static final int MAX_PREV_EVENTS = 20;

  private EventSizes() {}

  static boolean fits(String field) {
    return field.length() * 3 <= MAX_FIELD_BYTES
        || field.getBytes(StandardCharsets.UTF_8).length <= MAX_FIELD_BYTES;
  }
}
