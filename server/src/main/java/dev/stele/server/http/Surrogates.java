package dev.stele.server.http;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.Iterator;

/**
 * Finds halves of surrogate pairs. JSON can spell one as an escape, UTF-8 cannot carry it: a string
 * that holds one could be neither hashed nor sent on.
 */
final class Surrogates {
  private Surrogates() {}

  /**
   * Whether the bytes of a JSON text may hold an escaped surrogate; rarely so, and cheap to see.
   */
  static boolean mayBeEscapedIn(byte[] json) {
    for (int i = 0; i < json.length - 2; i++) {
      if (json[i] == '\\' && json[i + 1] == 'u' && (json[i + 2] | 0x20) == 'd') {
        return true;
      }
    }
    return false;
  }

  /** Whether every name and string in this value is Unicode text. */
  static boolean pairUpIn(JsonNode node) {
    if (node.isTextual()) {
      return pairUpIn(node.textValue());
    }
    for (Iterator<String> names = node.fieldNames(); names.hasNext(); ) {
      if (!pairUpIn(names.next())) {
        return false;
      }
    }
    for (JsonNode child : node) {
      if (!pairUpIn(child)) {
        return false;
      }
    }
    return true;
  }

  private static boolean pairUpIn(String text) {
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      if (Character.isHighSurrogate(c)
          && i + 1 < text.length()
          && Character.isLowSurrogate(text.charAt(i + 1))) {
        i++;
      } else if (Character.isSurrogate(c)) {
        return false;
      }
    }
    return true;
  }
}
