package dev.stele.load;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.vertx.core.buffer.Buffer;
import java.io.IOException;
import java.io.UncheckedIOException;

/** What a server answered. */
record Answer(int status, Buffer body) {
  private static final ObjectMapper MAPPER = new ObjectMapper();

  boolean ok() {
    return status == 200;
  }

  /** The body as JSON. */
  JsonNode json() {
    try {
      return MAPPER.readTree(body.getBytes());
    } catch (IOException e) {
      throw new UncheckedIOException("not JSON, with status " + status, e);
    }
  }

  /** A string of the body's object, or the empty string. */
  String text(String field) {
    return json().path(field).asText("");
  }

  /** A short name for a refusal: its error code when it has one, else its status. */
  String refusal() {
    try {
      String code = text("errcode");
      return code.isEmpty() ? "HTTP " + status : code;
    } catch (UncheckedIOException notJson) {
      return "HTTP " + status;
    }
  }
}
