package dev.stele.server.http;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.core.exc.StreamConstraintsException;
import com.fasterxml.jackson.core.exc.StreamReadException;
import com.fasterxml.jackson.core.json.JsonWriteFeature;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.stele.api.ErrorCode;
import dev.stele.api.Limits;
import io.vertx.core.buffer.Buffer;
import java.io.IOException;
import java.io.UncheckedIOException;

/** JSON as it travels: strict on the way in, UTF-8 both ways. */
final class JsonText {
  static final String CONTENT_TYPE = "application/json";
  static final String EMPTY_OBJECT = "{}";

  private static final ObjectMapper MAPPER =
      new ObjectMapper(
              JsonFactory.builder()
                  .streamReadConstraints(
                      StreamReadConstraints.builder()
                          .maxNestingDepth(Limits.MAX_JSON_DEPTH)
                          .build())
                  .enable(JsonWriteFeature.COMBINE_UNICODE_SURROGATES_IN_UTF8)
                  .build())
          .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
          .enable(DeserializationFeature.FAIL_ON_READING_DUP_TREE_KEY);

  private JsonText() {}

  /**
   * Reads one JSON value.
   *
   * @throws BadRequest {@code M_NOT_JSON} if this is no JSON in UTF-8; {@code M_BAD_JSON} if it is,
   *     but repeats a key, nests too deeply, has half a surrogate pair, or a number or a name that
   *     is too long
   */
  static JsonNode parse(byte[] bytes) {
    if (!Utf8.isText(bytes)) {
      throw new BadRequest(ErrorCode.NOT_JSON, "The body is not text in UTF-8");
    }
    JsonNode node = read(bytes);
    if (node.isMissingNode()) {
      throw new BadRequest(ErrorCode.NOT_JSON, "The body is empty");
    }
    if (Surrogates.mayBeEscapedIn(bytes) && !Surrogates.pairUpIn(node)) {
      throw new BadRequest(ErrorCode.BAD_JSON, "A string of the body is no Unicode text");
    }
    return node;
  }

  private static JsonNode read(byte[] bytes) {
    try {
      return MAPPER.readTree(bytes);
    } catch (StreamConstraintsException e) {
      throw new BadRequest(ErrorCode.BAD_JSON, "The body nests too deeply or is out of bounds");
    } catch (StreamReadException e) {
      throw new BadRequest(ErrorCode.NOT_JSON, "The body is not JSON");
    } catch (JsonProcessingException e) {
      throw new BadRequest(ErrorCode.BAD_JSON, "The body repeats a key or has more than one value");
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** A string, number, boolean, or a list or map of them, as JSON. */
  static JsonNode valueToTree(Object value) {
    return MAPPER.valueToTree(value);
  }

  static Buffer write(JsonNode node) {
    try {
      return Buffer.buffer(MAPPER.writeValueAsBytes(node));
    } catch (JsonProcessingException e) {
      throw new UncheckedIOException(e);
    }
  }
}
