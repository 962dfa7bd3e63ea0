package dev.stele.stateres.id;

import java.util.Optional;

/**
 * An event: {@code $opaque:server} in room versions 1 and 2, {@code $} and the 43 characters of a
 * SHA-256 hash in unpadded Base64 from version 3 on.
 *
 * @param value the whole identifier, at most 255 bytes of UTF-8
 * @see <a href="https://spec.matrix.org/v1.19/appendices/#event-ids">Event IDs</a>
 */
public record EventId(String value) implements Comparable<EventId> {
  private static final int HASH_LENGTH = 43;

  /** The event that {@code text} names in any room version. */
  public static Optional<EventId> parse(String text) {
    return isValid(text) ? Optional.of(new EventId(text)) : Optional.empty();
  }

  /** Whether {@link #parse} would accept {@code text}. */
  public static boolean isValid(String text) {
    return isHash(text, '$') || Grammar.colonOf(text, '$') > 0;
  }

  static boolean isHash(String text, char sigil) {
    if (text.length() != HASH_LENGTH + 1 || text.charAt(0) != sigil) {
      return false;
    }
    for (int i = 1; i < text.length(); i++) {
      if (!isBase64(text.charAt(i))) {
        return false;
      }
    }
    return true;
  }

  private static boolean isBase64(char c) {
    return (c >= 'a' && c <= 'z')
        || (c >= 'A' && c <= 'Z')
        || (c >= '0' && c <= '9')
        || "+/-_".indexOf(c) >= 0;
  }

  @Override
  public int compareTo(EventId other) {
    return value.compareTo(other.value);
  }

  @Override
  public String toString() {
    return value;
  }
}
