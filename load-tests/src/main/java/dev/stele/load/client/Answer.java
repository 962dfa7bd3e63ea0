package dev.stele.load.client;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.MissingNode;
import io.vertx.core.buffer.Buffer;
import java.io.IOException;
import java.io.UncheckedIOException;

/**
 * What a server answered.
 *
 * @param retryAfter the header of that name, or empty
 */
public record Answer(int status, Buffer body, String retryAfter) {
  private static final int TOO_MANY_REQUESTS = 429;
  private static final int UNAVAILABLE = 503;
  private static final long LEAST_PAUSE_MILLIS = 50;
  private static final long LONGEST_PAUSE_MILLIS = 10_000;
  private static final ObjectMapper MAPPER = new ObjectMapper();

  public boolean ok() {
    return status == 200;
  }

  /** The body as JSON; of an error, nothing where it is none. */
  public JsonNode json() {
    try {
      return MAPPER.readTree(body.getBytes());
    } catch (IOException e) {
      if (!ok()) {
        return MissingNode.getInstance();
      }
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
    String code = ok() ? "" : text("errcode");
    return code.isEmpty() ? "HTTP " + status : code;
  }

  /** Whether the server does not have the route at all. */
  public boolean notServed() {
    return (status == 404 || status == 405) && !refusal().equals("M_NOT_FOUND");
  }

  /** Whether the server turned the request away because there are too many: it may come again. */
  public boolean turnedAway() {
    return status == TOO_MANY_REQUESTS || status == UNAVAILABLE;
  }

  /** Whether it says when to come again. */
  public boolean saysWhen() {
    return !retryAfter.isEmpty() || !text("retry_after_ms").isEmpty();
  }

  /** How long a server that turned a request away asks to wait, within 50 ms and 10 s. */
  public long retryAfterMillis() {
    long millis =
        retryAfter.matches("[0-9]{1,6}")
            ? Long.parseLong(retryAfter) * 1000
            : json().path("retry_after_ms").asLong();
    return Math.min(Math.max(millis, LEAST_PAUSE_MILLIS), LONGEST_PAUSE_MILLIS);
  }
}
