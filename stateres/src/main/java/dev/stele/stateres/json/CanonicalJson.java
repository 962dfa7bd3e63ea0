package dev.stele.stateres.json;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.nio.charset.StandardCharsets;
import java.util.Set;

/**
 * Canonical JSON: the shortest UTF-8 encoding, keys sorted by code point.
 *
 * @see <a href="https://spec.matrix.org/v1.19/appendices/#canonical-json">Canonical JSON</a>
 */
public final class CanonicalJson {
  /** The greatest integer, and minus the least: 2<sup>53</sup>-1. */
  public static final long MAX_INTEGER = (1L << 53) - 1;

  private CanonicalJson() {}

  /** How numbers are held to the specification. */
  public enum Numbers {
    /** Integers within ±(2<sup>53</sup>-1), and nothing else: room version 6 and later. */
    STRICT,
    /**
     * Any number, as rooms before version 6 contain them. Whole numbers are written as integers,
     * others in the shortest form that reads back the same.
     */
    LENIENT
  }

  /**
   * Encodes strictly.
   *
   * @throws InvalidJson if the value has no Canonical JSON
   */
  public static byte[] encode(JsonNode value) {
    return encode(value, Numbers.STRICT);
  }

  /**
   * Encodes with the given care for numbers.
   *
   * @throws InvalidJson if the value has no Canonical JSON
   */
  public static byte[] encode(JsonNode value, Numbers numbers) {
    var writer = new CanonicalWriter(numbers);
    writer.write(value, 0);
    return writer.toByteArray();
  }

  /**
   * Encodes an object as if it had none of the given keys at its top level.
   *
   * @throws InvalidJson if the rest of the object has no Canonical JSON
   */
  public static byte[] encodeWithout(ObjectNode value, Set<String> keys, Numbers numbers) {
    var writer = new CanonicalWriter(numbers);
    writer.writeObject(value, keys, 1);
    return writer.toByteArray();
  }

  /**
   * Encodes strictly to a string.
   *
   * @throws InvalidJson if the value has no Canonical JSON
   */
  public static String encodeToString(JsonNode value) {
    return encodeToString(value, Numbers.STRICT);
  }

  /**
   * Encodes to a string.
   *
   * @throws InvalidJson if the value has no Canonical JSON
   */
  public static String encodeToString(JsonNode value, Numbers numbers) {
    var writer = new CanonicalWriter(numbers);
    writer.write(value, 0);
    return writer.toText();
  }

  /** Orders strings by code point, which is the order of their UTF-8 bytes. */
  public static int compareByCodePoint(String a, String b) {
    int length = Math.min(a.length(), b.length());
    for (int i = 0; i < length; i++) {
      char x = a.charAt(i);
      char y = b.charAt(i);
      if (x != y) {
        return Character.isSurrogate(x) == Character.isSurrogate(y)
            ? Character.compare(x, y)
            : Boolean.compare(Character.isSurrogate(x), Character.isSurrogate(y));
      }
    }
    return Integer.compare(a.length(), b.length());
  }

  static String decode(byte[] bytes, int length) {
    return new String(bytes, 0, length, StandardCharsets.UTF_8);
  }
}
