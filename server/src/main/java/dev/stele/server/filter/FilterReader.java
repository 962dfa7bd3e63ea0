package dev.stele.server.filter;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.stele.api.ErrorCode;
import dev.stele.api.Limits;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalInt;
import org.jspecify.annotations.Nullable;

/** One object of a filter, read field by field. A field that is null counts as missing. */
final class FilterReader {
  /** How many names one list may hold. */
  static final int MAX_NAMES = 1_000;

  private final ObjectNode json;
  private final String path;

  FilterReader(ObjectNode json) {
    this(json, "");
  }

  private FilterReader(ObjectNode json, String path) {
    this.json = json;
    this.path = path;
  }

  /** The object of a field; an empty one if it is missing. */
  FilterReader object(String name) {
    JsonNode value = value(name);
    if (value == null) {
      return new FilterReader(JsonNodeFactory.instance.objectNode(), path + name + ".");
    }
    if (value instanceof ObjectNode object) {
      return new FilterReader(object, path + name + ".");
    }
    throw wrong(name, "an object");
  }

  @Nullable Boolean bool(String name) {
    JsonNode value = value(name);
    if (value == null) {
      return null;
    }
    if (!value.isBoolean()) {
      throw wrong(name, "a boolean");
    }
    return value.booleanValue();
  }

  boolean bool(String name, boolean otherwise) {
    Boolean value = bool(name);
    return value == null ? otherwise : value;
  }

  @Nullable String string(String name) {
    JsonNode value = value(name);
    if (value == null) {
      return null;
    }
    if (!value.isTextual()) {
      throw wrong(name, "a string");
    }
    return value.textValue();
  }

  /** A count; what is too great for an int is as good as the greatest int. */
  OptionalInt count(String name) {
    JsonNode value = value(name);
    if (value == null) {
      return OptionalInt.empty();
    }
    if (!value.isIntegralNumber() || value.bigIntegerValue().signum() < 0) {
      throw wrong(name, "an integer that is not negative");
    }
    return OptionalInt.of(value.canConvertToInt() ? value.intValue() : Integer.MAX_VALUE);
  }

  /** A list of names that all begin alike, or null if it is missing. */
  @Nullable List<String> names(String name, String sigil) {
    JsonNode value = value(name);
    if (value == null) {
      return null;
    }
    if (!value.isArray()) {
      throw wrong(name, "an array of strings");
    }
    if (value.size() > MAX_NAMES) {
      throw new InvalidFilter(
          ErrorCode.INVALID_PARAM, path + name + " has more than " + MAX_NAMES + " entries");
    }
    List<String> names = new ArrayList<>(value.size());
    for (JsonNode element : value) {
      names.add(name(name, sigil, element));
    }
    return names;
  }

  private String name(String name, String sigil, JsonNode element) {
    String text = element.textValue();
    if (text == null || !text.startsWith(sigil)) {
      throw wrong(
          name, "an array of strings" + (sigil.isEmpty() ? "" : " that begin with " + sigil));
    }
    if (text.getBytes(StandardCharsets.UTF_8).length > Limits.MAX_ID_BYTES) {
      throw new InvalidFilter(
          ErrorCode.INVALID_PARAM, path + name + " has an entry that is too long");
    }
    return text;
  }

  private @Nullable JsonNode value(String name) {
    JsonNode value = json.get(name);
    return value == null || value.isNull() ? null : value;
  }

  InvalidFilter wrong(String name, String expected) {
    return new InvalidFilter(ErrorCode.BAD_JSON, path + name + " must be " + expected);
  }
}
