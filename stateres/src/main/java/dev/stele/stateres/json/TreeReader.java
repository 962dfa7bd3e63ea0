package dev.stele.stateres.json;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.BigIntegerNode;
import com.fasterxml.jackson.databind.node.BooleanNode;
import com.fasterxml.jackson.databind.node.ContainerNode;
import com.fasterxml.jackson.databind.node.DoubleNode;
import com.fasterxml.jackson.databind.node.IntNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.LongNode;
import com.fasterxml.jackson.databind.node.NullNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.databind.node.TextNode;
import dev.stele.stateres.json.InvalidJson.Reason;
import java.io.IOException;
import java.util.ArrayDeque;
import org.jspecify.annotations.Nullable;

/** Reads one value off a parser, with a stack of its own. */
final class TreeReader {
  private final JsonParser parser;
  private final ArrayDeque<ContainerNode<?>> outer = new ArrayDeque<>();
  private final ArrayDeque<String> names = new ArrayDeque<>();

  TreeReader(JsonParser parser) {
    this.parser = parser;
  }

  /** Reads the value whose first token is the parser's current one. */
  JsonNode read() throws IOException {
    JsonToken token = parser.currentToken();
    ContainerNode<?> open = opened(token);
    if (open == null) {
      return scalar(token);
    }
    while (true) {
      token = next();
      if (token == JsonToken.FIELD_NAME) {
        names.push(parser.currentName());
        token = next();
      }
      if (token.isStructEnd()) {
        if (outer.isEmpty()) {
          return open;
        }
        open = outer.pop();
        continue;
      }
      ContainerNode<?> inner = opened(token);
      add(open, inner == null ? scalar(token) : inner);
      if (inner != null) {
        outer.push(open);
        open = inner;
      }
    }
  }

  private JsonToken next() throws IOException {
    JsonToken token = parser.nextToken();
    if (token == null) {
      throw new InvalidJson(Reason.SYNTAX, "the text ends within a value");
    }
    return token;
  }

  private static @Nullable ContainerNode<?> opened(JsonToken token) {
    if (token == JsonToken.START_OBJECT) {
      return JsonNodeFactory.instance.objectNode();
    }
    return token == JsonToken.START_ARRAY ? JsonNodeFactory.instance.arrayNode() : null;
  }

  private void add(ContainerNode<?> container, JsonNode value) {
    if (container instanceof ObjectNode object) {
      String name = names.pop();
      if (object.replace(name, value) != null) {
        throw new InvalidJson(Reason.DUPLICATE_KEY, "the key " + name + " stands twice");
      }
    } else if (container instanceof ArrayNode array) {
      var unused = array.add(value);
    }
  }

  private JsonNode scalar(JsonToken token) throws IOException {
    return switch (token) {
      case VALUE_STRING -> TextNode.valueOf(parser.getText());
      case VALUE_TRUE -> BooleanNode.TRUE;
      case VALUE_FALSE -> BooleanNode.FALSE;
      case VALUE_NULL -> NullNode.instance;
      case VALUE_NUMBER_INT -> integer();
      case VALUE_NUMBER_FLOAT -> decimal(parser.getDoubleValue());
      default -> throw new InvalidJson(Reason.SYNTAX, "unexpected " + token);
    };
  }

  private JsonNode integer() throws IOException {
    return switch (parser.getNumberType()) {
      case INT -> {
        int value = parser.getIntValue();
        boolean minusZero = value == 0 && parser.getTextLength() > 1;
        yield minusZero ? DoubleNode.valueOf(-0.0) : IntNode.valueOf(value);
      }
      case LONG -> LongNode.valueOf(parser.getLongValue());
      default -> BigIntegerNode.valueOf(parser.getBigIntegerValue());
    };
  }

  private static JsonNode decimal(double value) {
    if (Double.isInfinite(value)) {
      throw new InvalidJson(Reason.OUT_OF_RANGE, "a number beyond what a double holds");
    }
    return DoubleNode.valueOf(value);
  }
}
