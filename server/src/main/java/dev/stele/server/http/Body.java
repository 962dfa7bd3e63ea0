package dev.stele.server.http;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.stele.api.ErrorCode;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The JSON object of a request, read field by field. A field that is {@code null} counts as
 * missing. A missing field that is required is refused with {@code M_MISSING_PARAM}, one of the
 * wrong type with {@code M_BAD_JSON}.
 */
public final class Body {
  private final ObjectNode node;

  public Body(ObjectNode node) {
    this.node = node;
  }

  /** The whole object. */
  public ObjectNode node() {
    return node;
  }

  public boolean has(String name) {
    return value(name) != null;
  }

  /** The field's value whatever its type. */
  public @Nullable JsonNode value(String name) {
    JsonNode value = node.get(name);
    return value == null || value.isNull() ? null : value;
  }

  public @Nullable String string(String name) {
    JsonNode value = value(name);
    if (value == null) {
      return null;
    }
    if (!value.isTextual()) {
      throw wrongType(name, "a string");
    }
    return value.textValue();
  }

  public String string(String name, String otherwise) {
    String value = string(name);
    return value == null ? otherwise : value;
  }

  public String requiredString(String name) {
    String value = string(name);
    if (value == null) {
      throw missing(name);
    }
    return value;
  }

  public boolean bool(String name, boolean otherwise) {
    JsonNode value = value(name);
    if (value == null) {
      return otherwise;
    }
    if (!value.isBoolean()) {
      throw wrongType(name, "a boolean");
    }
    return value.booleanValue();
  }

  public boolean requiredBool(String name) {
    if (!has(name)) {
      throw missing(name);
    }
    return bool(name, false);
  }

  public long integer(String name, long otherwise) {
    JsonNode value = value(name);
    if (value == null) {
      return otherwise;
    }
    if (!value.isIntegralNumber() || !value.canConvertToLong()) {
      throw wrongType(name, "an integer");
    }
    return value.longValue();
  }

  public long requiredInteger(String name) {
    if (!has(name)) {
      throw missing(name);
    }
    return integer(name, 0);
  }

  public @Nullable ObjectNode object(String name) {
    JsonNode value = value(name);
    if (value == null) {
      return null;
    }
    if (!(value instanceof ObjectNode object)) {
      throw wrongType(name, "an object");
    }
    return object;
  }

  public ObjectNode requiredObject(String name) {
    ObjectNode value = object(name);
    if (value == null) {
      throw missing(name);
    }
    return value;
  }

  /** The objects of an array; empty if the field is missing. */
  public List<ObjectNode> objects(String name) {
    List<ObjectNode> objects = new ArrayList<>();
    for (JsonNode element : array(name)) {
      if (!(element instanceof ObjectNode object)) {
        throw wrongType(name, "an array of objects");
      }
      objects.add(object);
    }
    return objects;
  }

  /** The strings of an array; empty if the field is missing. */
  public List<String> strings(String name) {
    List<String> strings = new ArrayList<>();
    for (JsonNode element : array(name)) {
      if (!element.isTextual()) {
        throw wrongType(name, "an array of strings");
      }
      strings.add(element.textValue());
    }
    return strings;
  }

  private Iterable<JsonNode> array(String name) {
    JsonNode value = value(name);
    if (value == null) {
      return List.of();
    }
    if (!value.isArray()) {
      throw wrongType(name, "an array");
    }
    return value;
  }

  private static BadRequest missing(String name) {
    return new BadRequest(ErrorCode.MISSING_PARAM, "Missing: " + name);
  }

  private static BadRequest wrongType(String name, String expected) {
    return new BadRequest(ErrorCode.BAD_JSON, name + " must be " + expected);
  }
}
