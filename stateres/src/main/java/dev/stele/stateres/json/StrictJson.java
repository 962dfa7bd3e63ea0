package dev.stele.stateres.json;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.core.exc.StreamConstraintsException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.stele.stateres.json.InvalidJson.Reason;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;

/**
 * A parser for JSON from strangers. It refuses duplicate keys, {@code NaN} and its like, text
 * behind the value, malformed UTF-8, and nesting deeper than {@link #MAX_DEPTH}; it uses no
 * recursion.
 *
 * <p>Integers become int, long or big-integer nodes. Everything else that is a number, {@code -0}
 * included, becomes a double node, so that strict Canonical JSON can tell {@code 1} from {@code
 * 1.0}, {@code 1e0} and {@code -0}.
 */
public final class StrictJson {
  /**
   * How deep objects and arrays may nest. The specification sets no bound; events of real rooms
   * stay below 20, and what recurses over a value of this depth is far from any stack's end.
   */
  public static final int MAX_DEPTH = 512;

  private static final JsonFactory JSON =
      JsonFactory.builder()
          .disable(JsonFactory.Feature.INTERN_FIELD_NAMES)
          .disable(JsonFactory.Feature.FAIL_ON_SYMBOL_HASH_OVERFLOW)
          .streamReadConstraints(StreamReadConstraints.builder().maxNestingDepth(MAX_DEPTH).build())
          .build();

  private StrictJson() {}

  /**
   * Parses UTF-8 text.
   *
   * @throws InvalidJson if the text is refused
   */
  public static JsonNode parse(byte[] utf8) {
    requireUtf8(utf8);
    try (JsonParser parser = JSON.createParser(utf8)) {
      return document(parser);
    } catch (IOException e) {
      throw refusal(e);
    }
  }

  /**
   * Parses text.
   *
   * @throws InvalidJson if the text is refused
   */
  public static JsonNode parse(String text) {
    try (JsonParser parser = JSON.createParser(text)) {
      return document(parser);
    } catch (IOException e) {
      throw refusal(e);
    }
  }

  /**
   * Parses UTF-8 text that must be an object.
   *
   * @throws InvalidJson if the text is refused or is no object
   */
  public static ObjectNode parseObject(byte[] utf8) {
    return requireObject(parse(utf8));
  }

  /**
   * Parses text that must be an object.
   *
   * @throws InvalidJson if the text is refused or is no object
   */
  public static ObjectNode parseObject(String text) {
    return requireObject(parse(text));
  }

  private static ObjectNode requireObject(JsonNode node) {
    if (node instanceof ObjectNode object) {
      return object;
    }
    throw new InvalidJson(Reason.SYNTAX, "not an object: " + node.getNodeType());
  }

  private static JsonNode document(JsonParser parser) throws IOException {
    if (parser.nextToken() == null) {
      throw new InvalidJson(Reason.SYNTAX, "no value");
    }
    JsonNode root = new TreeReader(parser).read();
    JsonToken next = parser.nextToken();
    if (next != null) {
      throw new InvalidJson(Reason.TRAILING, "text behind the value");
    }
    return root;
  }

  private static void requireUtf8(byte[] bytes) {
    boolean ascii = true;
    for (byte b : bytes) {
      if (b == 0) {
        throw new InvalidJson(Reason.NOT_UTF8, "a NUL byte");
      }
      ascii &= b > 0;
    }
    if (ascii) {
      return;
    }
    try {
      var unused = StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(bytes));
    } catch (CharacterCodingException e) {
      throw new InvalidJson(Reason.NOT_UTF8, "malformed UTF-8");
    }
  }

  private static InvalidJson refusal(IOException e) {
    if (e instanceof StreamConstraintsException) {
      String message = String.valueOf(e.getMessage());
      boolean deep = message.contains("nesting");
      return new InvalidJson(deep ? Reason.TOO_DEEP : Reason.OUT_OF_RANGE, message);
    }
    if (e instanceof JsonProcessingException json) {
      return new InvalidJson(Reason.SYNTAX, json.getOriginalMessage());
    }
    throw new UncheckedIOException(e);
  }
}
