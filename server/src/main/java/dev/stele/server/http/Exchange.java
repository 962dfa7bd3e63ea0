package dev.stele.server.http;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.stele.api.Endpoint;
import dev.stele.api.ErrorCode;
import io.vertx.core.Context;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpServerRequest;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * One request to an operation, routed, authenticated and completely received. To be used on its
 * event loop only. Whatever the request got wrong is thrown as a {@link BadRequest}.
 */
public final class Exchange {
  private final HttpServerRequest request;
  private final RouteTable.Match match;
  private final Buffer bytes;
  private final @Nullable Requester requester;
  private final String requestId;
  private final Context context;
  private final ListenerOptions listener;
  private @Nullable QueryString query;
  private @Nullable Body body;
  private @Nullable Promise<Void> closed;

  Exchange(
      HttpServerRequest request,
      RouteTable.Match match,
      Incoming incoming,
      @Nullable Requester requester) {
    this.request = request;
    this.match = match;
    this.bytes = incoming.body();
    this.requestId = incoming.requestId();
    this.context = incoming.context();
    this.listener = incoming.listener();
    this.requester = requester;
  }

  /** What of a request is known before its operation. */
  record Incoming(String requestId, Context context, ListenerOptions listener, Buffer body) {}

  public Endpoint endpoint() {
    return match.endpoint();
  }

  /**
   * A parameter of the path, decoded: a slash that came encoded is part of it. A state key that the
   * path left out is empty; no other parameter ever is.
   *
   * @throws IllegalArgumentException if the operation's path has no such parameter
   */
  public String path(String name) {
    return match.parameter(name);
  }

  /** The first value of a query parameter. */
  public @Nullable String query(String name) {
    return queryString().first(name);
  }

  public String query(String name, String otherwise) {
    String value = query(name);
    return value == null ? otherwise : value;
  }

  /** All values of a query parameter, in order. */
  public List<String> queryAll(String name) {
    return queryString().all(name);
  }

  public int queryInt(String name, int otherwise) {
    long value = queryLong(name, otherwise);
    if (value != (int) value) {
      throw invalid(name, "an integer");
    }
    return (int) value;
  }

  public long queryLong(String name, long otherwise) {
    String value = query(name);
    if (value == null) {
      return otherwise;
    }
    try {
      return Long.parseLong(value);
    } catch (NumberFormatException e) {
      throw invalid(name, "an integer");
    }
  }

  public boolean queryBool(String name, boolean otherwise) {
    String value = query(name);
    if (value == null) {
      return otherwise;
    }
    return switch (value) {
      case "true" -> true;
      case "false" -> false;
      default -> throw invalid(name, "true or false");
    };
  }

  /** The body, which must be a JSON object. Parsed once. */
  public Body body() {
    Body parsed = body;
    if (parsed == null) {
      parsed = parse(bytes);
      body = parsed;
    }
    return parsed;
  }

  private static Body parse(Buffer bytes) {
    JsonNode node = JsonText.parse(bytes.getBytes());
    if (!(node instanceof ObjectNode object)) {
      throw new BadRequest(ErrorCode.BAD_JSON, "The body is not a JSON object");
    }
    return new Body(object);
  }

  /** The body, where none at all counts as an empty object. */
  public Body bodyOrEmpty() {
    return bytes.length() == 0 ? new Body(JsonNodeFactory.instance.objectNode()) : body();
  }

  /**
   * Who asks.
   *
   * @throws IllegalStateException if the operation may be called without an access token, and was
   */
  public Requester requester() {
    if (requester == null) {
      throw new IllegalStateException(endpoint() + " was called without an access token");
    }
    return requester;
  }

  /** Who asks, if that is known. */
  public @Nullable Requester requesterIfAny() {
    return requester;
  }

  /** What the log and the answer's {@code X-Request-Id} know this request by. */
  public String requestId() {
    return requestId;
  }

  /** The address of the other side of the connection, without port. */
  public String remoteAddress() {
    return Remote.address(request);
  }

  /** A request header's first value. */
  public @Nullable String header(CharSequence name) {
    return request.getHeader(name);
  }

  /** The listener that the request came in by, as it was given to {@link HttpEdge#start}. */
  public ListenerOptions listener() {
    return listener;
  }

  /** The event loop of this request. */
  public Context context() {
    return context;
  }

  /** Completes, on this event loop, if the client goes away before the reply. */
  public Future<Void> closed() {
    Promise<Void> promise = closed;
    if (promise == null) {
      promise = Promise.promise();
      closed = promise;
      Promise<Void> gone = promise;
      request.response().closeHandler(nothing -> gone.tryComplete());
      request.response().exceptionHandler(failure -> gone.tryComplete());
    }
    return promise.future();
  }

  private QueryString queryString() {
    QueryString parsed = query;
    if (parsed == null) {
      parsed = QueryString.parse(request.query());
      query = parsed;
    }
    return parsed;
  }

  private static BadRequest invalid(String name, String expected) {
    return new BadRequest(ErrorCode.INVALID_PARAM, name + " must be " + expected);
  }
}
