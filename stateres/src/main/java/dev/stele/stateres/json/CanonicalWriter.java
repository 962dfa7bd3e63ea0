package dev.stele.stateres.json;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.stele.stateres.json.CanonicalJson.Numbers;
import dev.stele.stateres.json.InvalidJson.Reason;
import java.util.Arrays;
import java.util.Iterator;
import java.util.Set;

/** Writes Canonical JSON as UTF-8 into a buffer that grows. */
final class CanonicalWriter {
  private static final byte[] HEX = ascii("0123456789abcdef");
  private static final byte[] NULL = ascii("null");
  private static final byte[] TRUE = ascii("true");
  private static final byte[] FALSE = ascii("false");
  private static final int MAX_BYTES_OF_A_CHAR = 6;

  private final Numbers numbers;
  private byte[] bytes = new byte[1024];
  private int size;

  CanonicalWriter(Numbers numbers) {
    this.numbers = numbers;
  }

  byte[] toByteArray() {
    return Arrays.copyOf(bytes, size);
  }

  String toText() {
    return CanonicalJson.decode(bytes, size);
  }

  void write(JsonNode value, int depth) {
    switch (value.getNodeType()) {
      case OBJECT -> writeObject((ObjectNode) value, Set.of(), depth + 1);
      case ARRAY -> writeArray((ArrayNode) value, depth + 1);
      case STRING -> writeString(value.textValue());
      case NUMBER -> writeAscii(CanonicalNumber.of(value, numbers));
      case BOOLEAN -> writeAscii(value.booleanValue() ? TRUE : FALSE);
      case NULL -> writeAscii(NULL);
      default -> throw new InvalidJson(Reason.NOT_JSON, "not JSON: " + value.getNodeType());
    }
  }

  void writeObject(ObjectNode object, Set<String> without, int depth) {
    requireDepth(depth);
    writeByte('{');
    boolean first = true;
    for (String key : sortedKeys(object)) {
      if (without.contains(key)) {
        continue;
      }
      if (!first) {
        writeByte(',');
      }
      first = false;
      writeString(key);
      writeByte(':');
      write(object.get(key), depth);
    }
    writeByte('}');
  }

  /** Writes a field of an object that is not nested in another. */
  void writeField(String name, JsonNode value) {
    writeString(name);
    writeByte(':');
    write(value, 1);
  }

  int size() {
    return size;
  }

  /** Copies what was written between two places. */
  void copy(int from, int to, byte[] target, int at) {
    System.arraycopy(bytes, from, target, at, to - from);
  }

  private void writeArray(ArrayNode array, int depth) {
    requireDepth(depth);
    writeByte('[');
    for (int i = 0; i < array.size(); i++) {
      if (i > 0) {
        writeByte(',');
      }
      write(array.get(i), depth);
    }
    writeByte(']');
  }

  private static void requireDepth(int depth) {
    if (depth > StrictJson.MAX_DEPTH) {
      throw new InvalidJson(Reason.TOO_DEEP, "nested deeper than " + StrictJson.MAX_DEPTH);
    }
  }

  private static String[] sortedKeys(ObjectNode object) {
    String[] keys = new String[object.size()];
    boolean sorted = true;
    Iterator<String> names = object.fieldNames();
    for (int i = 0; i < keys.length; i++) {
      keys[i] = names.next();
      sorted &= i == 0 || CanonicalJson.compareByCodePoint(keys[i - 1], keys[i]) < 0;
    }
    if (!sorted) {
      Arrays.sort(keys, CanonicalJson::compareByCodePoint);
    }
    return keys;
  }

  /** There is always room for the rest of the text at one byte a character. */
  private void writeString(String text) {
    int length = text.length();
    reserve(length + 2);
    bytes[size++] = '"';
    for (int i = 0; i < length; i++) {
      char c = text.charAt(i);
      if (c >= 0x20 && c < 0x80 && c != '"' && c != '\\') {
        bytes[size++] = (byte) c;
        continue;
      }
      reserve(MAX_BYTES_OF_A_CHAR + length - i);
      if (Character.isSurrogate(c)) {
        writePair(c, ++i < length ? text.charAt(i) : 0);
      } else {
        writeRare(c);
      }
    }
    writeByte('"');
  }

  private void writeRare(char c) {
    if (c < 0x80) {
      writeEscaped(c);
    } else if (c < 0x800) {
      bytes[size++] = (byte) (0xc0 | (c >> 6));
      bytes[size++] = (byte) (0x80 | (c & 0x3f));
    } else {
      bytes[size++] = (byte) (0xe0 | (c >> 12));
      bytes[size++] = (byte) (0x80 | ((c >> 6) & 0x3f));
      bytes[size++] = (byte) (0x80 | (c & 0x3f));
    }
  }

  private void writePair(char high, char low) {
    if (!Character.isSurrogatePair(high, low)) {
      throw new InvalidJson(Reason.LONE_SURROGATE, "half of a surrogate pair");
    }
    int point = Character.toCodePoint(high, low);
    bytes[size++] = (byte) (0xf0 | (point >> 18));
    bytes[size++] = (byte) (0x80 | ((point >> 12) & 0x3f));
    bytes[size++] = (byte) (0x80 | ((point >> 6) & 0x3f));
    bytes[size++] = (byte) (0x80 | (point & 0x3f));
  }

  private void writeEscaped(char c) {
    bytes[size++] = '\\';
    switch (c) {
      case '\b' -> bytes[size++] = 'b';
      case '\t' -> bytes[size++] = 't';
      case '\n' -> bytes[size++] = 'n';
      case '\f' -> bytes[size++] = 'f';
      case '\r' -> bytes[size++] = 'r';
      case '"', '\\' -> bytes[size++] = (byte) c;
      default -> {
        bytes[size++] = 'u';
        bytes[size++] = '0';
        bytes[size++] = '0';
        bytes[size++] = HEX[c >> 4];
        bytes[size++] = HEX[c & 0xf];
      }
    }
  }

  private void writeAscii(byte[] text) {
    reserve(text.length);
    System.arraycopy(text, 0, bytes, size, text.length);
    size += text.length;
  }

  private void writeByte(char c) {
    reserve(1);
    bytes[size++] = (byte) c;
  }

  private void reserve(int more) {
    if (size + more > bytes.length) {
      bytes = Arrays.copyOf(bytes, Math.max(bytes.length * 2, size + more));
    }
  }

  static byte[] ascii(String text) {
    byte[] out = new byte[text.length()];
    for (int i = 0; i < out.length; i++) {
      out[i] = (byte) text.charAt(i);
    }
    return out;
  }
}
