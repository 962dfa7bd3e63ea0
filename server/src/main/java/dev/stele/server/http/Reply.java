package dev.stele.server.http;

import com.fasterxml.jackson.databind.JsonNode;
import dev.stele.api.ErrorCode;
import dev.stele.api.MatrixError;
import io.vertx.core.Future;
import io.vertx.core.buffer.Buffer;
import java.util.function.Function;

/** What a handler answers. */
public sealed interface Reply {

  /** The HTTP status. */
  int status();

  /** A JSON document, encoded when it is sent. */
  record Json(int status, JsonNode body) implements Reply {}

  /** Bytes as they are, such as JSON that was encoded before. */
  record Bytes(int status, String contentType, Buffer body) implements Reply {}

  /** 200 with JSON that is written bit by bit, so that no more than a bit of it is held. */
  record Streamed(Pieces pieces) implements Reply {
    @Override
    public int status() {
      return 200;
    }
  }

  /** Writes an answer bit by bit. */
  @FunctionalInterface
  interface Pieces {
    /**
     * Writes the whole answer. May be called on any event loop; the future completes when all is
     * written. A failure before the first piece is answered as any other; one after it breaks the
     * connection, so that nobody takes what they have got for the whole.
     *
     * @param outlet takes the next piece; its future completes when there is room for another one,
     *     and fails when nobody reads any more
     */
    Future<Void> writeTo(Function<Buffer, Future<Void>> outlet);
  }

  /** A refusal. */
  record Failure(MatrixError error) implements Reply {
    @Override
    public int status() {
      return error.status();
    }
  }

  /** 200 with this JSON object. */
  static Reply ok(JsonNode body) {
    return new Json(200, body);
  }

  /** 200 with an empty JSON object. */
  static Reply empty() {
    return encoded(Buffer.buffer(JsonText.EMPTY_OBJECT));
  }

  static Reply json(int status, JsonNode body) {
    return new Json(status, body);
  }

  /** 200 with JSON that is encoded already. */
  static Reply encoded(Buffer json) {
    return new Bytes(200, JsonText.CONTENT_TYPE, json);
  }

  static Reply bytes(int status, String contentType, Buffer body) {
    return new Bytes(status, contentType, body);
  }

  static Reply error(MatrixError error) {
    return new Failure(error);
  }

  static Reply error(ErrorCode code, String message) {
    return new Failure(MatrixError.of(code, message));
  }
}
