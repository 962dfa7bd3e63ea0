package dev.stele.server.http;

import com.google.errorprone.annotations.CanIgnoreReturnValue;
import dev.stele.api.Endpoint;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.Map;

/** Which handler serves what. */
public final class Bindings {
  private final Map<Endpoint, EndpointHandler> endpoints = new EnumMap<>(Endpoint.class);
  private final Map<String, PlainHandler> plain = new LinkedHashMap<>();
  private final Map<String, PlainHandler> everywhere = new LinkedHashMap<>();

  /** The bindings of several resources together. */
  public static Bindings of(Resource... resources) {
    var bindings = new Bindings();
    for (Resource resource : resources) {
      resource.bind(bindings);
    }
    return bindings;
  }

  /**
   * Binds an operation.
   *
   * @throws IllegalStateException if it is bound already
   */
  @CanIgnoreReturnValue
  public Bindings on(Endpoint endpoint, EndpointHandler handler) {
    if (endpoints.putIfAbsent(endpoint, handler) != null) {
      throw new IllegalStateException(endpoint + " is bound twice");
    }
    return this;
  }

  /**
   * Binds {@code GET} of an exact path outside the Matrix APIs, such as {@code /metrics}. It is
   * served by listeners of the {@code metrics} API.
   *
   * @throws IllegalStateException if it is bound already
   */
  @CanIgnoreReturnValue
  public Bindings onPlain(String path, PlainHandler handler) {
    if (plain.putIfAbsent(path, handler) != null) {
      throw new IllegalStateException(path + " is bound twice");
    }
    return this;
  }

  /**
   * Binds {@code GET} of an exact path outside the Matrix APIs, such as {@code /health}, which
   * every listener serves.
   *
   * @throws IllegalStateException if it is bound already
   */
  @CanIgnoreReturnValue
  public Bindings onEveryListener(String path, PlainHandler handler) {
    if (everywhere.putIfAbsent(path, handler) != null) {
      throw new IllegalStateException(path + " is bound twice");
    }
    return this;
  }

  /** The operations that have a handler. */
  public Map<Endpoint, EndpointHandler> endpoints() {
    return Map.copyOf(endpoints);
  }

  /**
   * The plain paths of a listener.
   *
   * @param metrics whether it serves the {@code metrics} API
   */
  Map<String, PlainHandler> plain(boolean metrics) {
    Map<String, PlainHandler> served = new LinkedHashMap<>(everywhere);
    if (metrics) {
      served.putAll(plain);
    }
    return Map.copyOf(served);
  }
}
