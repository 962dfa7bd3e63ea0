package dev.stele.stateres.json;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.google.errorprone.annotations.CanIgnoreReturnValue;
import dev.stele.stateres.json.CanonicalJson.Numbers;
import java.util.Arrays;
import java.util.Map;
import java.util.Set;

/**
 * The fields of an object, each encoded once. From these come the Canonical JSON of the object and
 * of its variants, with fields left out, added or replaced, without encoding the rest again. Not
 * for use by several threads.
 */
public final class CanonicalFields {
  private static final int ROOM_FOR_MORE = 4;

  /** Where every variant's fields are written; nothing in it changes once it is there. */
  private final CanonicalWriter writer;

  private String[] names;
  private int[] starts;
  private int[] ends;
  private int count;

  private CanonicalFields(CanonicalWriter writer, int capacity) {
    this.writer = writer;
    this.names = new String[capacity];
    this.starts = new int[capacity];
    this.ends = new int[capacity];
  }

  /**
   * Encodes the fields of an object.
   *
   * @throws InvalidJson if the object has no Canonical JSON
   */
  public static CanonicalFields of(ObjectNode object, Numbers numbers) {
    var fields = new CanonicalFields(new CanonicalWriter(numbers), object.size() + ROOM_FOR_MORE);
    for (Map.Entry<String, JsonNode> field : object.properties()) {
      fields.names[fields.count++] = field.getKey();
    }
    Arrays.sort(fields.names, 0, fields.count, CanonicalJson::compareByCodePoint);
    for (int i = 0; i < fields.count; i++) {
      fields.encode(i, object.get(fields.names[i]));
    }
    return fields;
  }

  private void encode(int index, JsonNode value) {
    starts[index] = writer.size();
    writer.writeField(names[index], value);
    ends[index] = writer.size();
  }

  /**
   * Adds a field, or replaces the one of that name.
   *
   * @throws InvalidJson if the value has no Canonical JSON
   */
  @CanIgnoreReturnValue
  public CanonicalFields put(String name, JsonNode value) {
    int index = Arrays.binarySearch(names, 0, count, name, CanonicalJson::compareByCodePoint);
    if (index < 0) {
      index = -index - 1;
      makeRoom(index);
      names[index] = name;
    }
    encode(index, value);
    return this;
  }

  private void makeRoom(int index) {
    if (count == names.length) {
      names = Arrays.copyOf(names, count + ROOM_FOR_MORE);
      starts = Arrays.copyOf(starts, count + ROOM_FOR_MORE);
      ends = Arrays.copyOf(ends, count + ROOM_FOR_MORE);
    }
    System.arraycopy(names, index, names, index + 1, count - index);
    System.arraycopy(starts, index, starts, index + 1, count - index);
    System.arraycopy(ends, index, ends, index + 1, count - index);
    count++;
  }

  /** A variant with those of the fields that are named; this one stays as it is. */
  public CanonicalFields only(Set<String> kept) {
    var fields = new CanonicalFields(writer, count + ROOM_FOR_MORE);
    for (int i = 0; i < count; i++) {
      if (kept.contains(names[i])) {
        fields.names[fields.count] = names[i];
        fields.starts[fields.count] = starts[i];
        fields.ends[fields.count++] = ends[i];
      }
    }
    return fields;
  }

  /** How many bytes the object takes in Canonical JSON. */
  public int size() {
    return size(Set.of());
  }

  private int size(Set<String> without) {
    int fields = 0;
    int size = 2;
    for (int i = 0; i < count; i++) {
      if (!without.contains(names[i])) {
        size += ends[i] - starts[i];
        fields++;
      }
    }
    return size + Math.max(0, fields - 1);
  }

  /** The Canonical JSON of the object without the given fields. */
  public byte[] encodeWithout(Set<String> without) {
    byte[] joined = new byte[size(without)];
    int at = 0;
    for (int i = 0; i < count; i++) {
      if (!without.contains(names[i])) {
        joined[at] = (byte) (at == 0 ? '{' : ',');
        writer.copy(starts[i], ends[i], joined, at + 1);
        at += 1 + ends[i] - starts[i];
      }
    }
    if (at == 0) {
      joined[at++] = '{';
    }
    joined[at] = '}';
    return joined;
  }

  /** The Canonical JSON of the object. */
  public String encodeToString() {
    byte[] bytes = encodeWithout(Set.of());
    return CanonicalJson.decode(bytes, bytes.length);
  }
}
