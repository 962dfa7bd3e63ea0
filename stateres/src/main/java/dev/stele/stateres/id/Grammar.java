package dev.stele.stateres.id;

/** The parts of the identifier grammar that several identifiers share. */
final class Grammar {
  /** The greatest length of an identifier, in UTF-8 bytes, its sigil included. */
  static final int MAX_BYTES = 255;

  private Grammar() {}

  /**
   * The index of the colon that ends the localpart of {@code &localpart:domain}, or -1 when {@code
   * id} is not of that form, is too long, or has a domain that is no server name.
   */
  static int colonOf(String id, char sigil) {
    if (id.isEmpty() || id.charAt(0) != sigil || !fits(id)) {
      return -1;
    }
    int colon = id.indexOf(':');
    return colon > 0 && isOpaque(id, 1, colon) && ServerName.isValid(id, colon + 1) ? colon : -1;
  }

  /** Whether the characters are Unicode code points other than NUL, with no lone surrogate. */
  static boolean isOpaque(String id, int from, int to) {
    for (int i = from; i < to; i++) {
      char c = id.charAt(i);
      if (c == 0) {
        return false;
      }
      if (Character.isSurrogate(c)) {
        if (!Character.isHighSurrogate(c)
            || i + 1 == to
            || !Character.isLowSurrogate(id.charAt(i + 1))) {
          return false;
        }
        i++;
      }
    }
    return true;
  }

  /** Whether {@code text} takes at most 255 bytes in UTF-8. */
  static boolean fits(String text) {
    int length = text.length();
    if (length * 3 <= MAX_BYTES) {
      return true;
    }
    return length <= MAX_BYTES && utf8Length(text) <= MAX_BYTES;
  }

  private static int utf8Length(String text) {
    int bytes = 0;
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      if (c < 0x80) {
        bytes++;
      } else if (c < 0x800 || Character.isSurrogate(c)) {
        bytes += 2;
      } else {
        bytes += 3;
      }
    }
    return bytes;
  }
}
