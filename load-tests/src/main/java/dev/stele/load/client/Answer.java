package dev.stele.load.client;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.vertx.core.buffer.Buffer;
import java.io.IOException;
import java.io.UncheckedIOException;

/** What a server answered. */
public record Answer(int status, Buffer body) {
  private static final ObjectMapper MAPPER = new ObjectMapper();

  public boolean ok() {
    return status == 200;
  }

  /** The body as JSON. */
  public JsonNode json() {
    try {
      return MAPPER.readTree(body.getBytes());
    } catch (IOException e) {
      throw new UncheckedIOException("not JSON, with status " + status, e);
    }
  }

  /** A string of the body's object, or the empty string. */
  public String text(String field) {
    return json().path(field).asText("");
  }

  /**
   * A string of the body's object.
   *
   * @throws Refused unless this is a success that has it
   */
  public String require(String what, String field) {
    String value = ok() ? text(field) : "";
    if (value.isEmpty()) {
      throw new Refused(what, this);
    }
    return value;
  }

  /** A short name for a refusal: its error code when it has one, else its status. */
  public String refusal() {
    try {
      String code = text("errcode");
      return code.isEmpty() ? "HTTP " + status : code;
    } catch (UncheckedIOException notJson) {
      return "HTTP " + status;
    }
  }

  /** Whether the server does not have the route at all. */
  public boolean notServed() {
    return (status == 404 || status == 405) && !refusal().equals("M_NOT_FOUND");
  }

  /** How long a server that limits rates asks to wait, within 50 ms and 10 s. */
  long retryAfterMillis() {
    return Math.min(Math.max(json().path("retry_after_ms").asLong(), 50), 10_000);
  }
}
