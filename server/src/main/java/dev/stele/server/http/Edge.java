package dev.stele.server.http;

import dev.stele.api.Api;
import io.micrometer.core.instrument.MeterRegistry;
import io.vertx.core.Handler;
import io.vertx.core.http.HttpServerRequest;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/**
 * What all event loops and listeners share: the bound operations, who may call them and how often,
 * and how answers are written. Immutable; safe on any thread.
 */
public final class Edge {
  private final Bindings bindings;
  private final Access access;
  private final RequestMetrics metrics;
  private final UnderWay underWay;
  private final Responder responder;
  private final @Nullable Handler<HttpServerRequest> fallback;

  public Edge(
      Bindings bindings, Authenticator authenticator, RateLimiter limiter, MeterRegistry meters) {
    this(bindings, authenticator, limiter, meters, UnderWay.Bounds.defaults());
  }

  /**
   * An edge with a bound of its own.
   *
   * @param bounds how many requests may be without an answer, besides those that wait for something
   *     to happen
   */
  Edge(
      Bindings bindings,
      Authenticator authenticator,
      RateLimiter limiter,
      MeterRegistry meters,
      UnderWay.Bounds bounds) {
    this(
        bindings,
        new Access(authenticator, limiter),
        new RequestMetrics(meters),
        new UnderWay(bounds, System::nanoTime, meters),
        null);
  }

  private Edge(
      Bindings bindings,
      Access access,
      RequestMetrics metrics,
      UnderWay underWay,
      @Nullable Handler<HttpServerRequest> fallback) {
    this.bindings = bindings;
    this.access = access;
    this.metrics = metrics;
    this.underWay = underWay;
    this.responder = new Responder(metrics);
    this.fallback = fallback;
  }

  /**
   * The same edge, with somebody else for every path that is not Matrix's; a Vert.x Web {@code
   * Router} is one. By default such paths are unknown.
   */
  public Edge withFallback(Handler<HttpServerRequest> fallback) {
    return new Edge(bindings, access, metrics, underWay, fallback);
  }

  /** A handler for one listener on one event loop. */
  Handler<HttpServerRequest> dispatcher(ListenerOptions listener, LoopLimits limits) {
    return new Dispatcher(this, listener, limits);
  }

  /** The operations that a listener serves. */
  RouteTable routes(ListenerOptions listener) {
    return new RouteTable(bindings.endpoints(), listener.apis());
  }

  /** The plain paths that a listener serves. */
  Map<String, PlainHandler> plain(ListenerOptions listener) {
    return bindings.plain(listener.apis().contains(Api.METRICS));
  }

  Access access() {
    return access;
  }

  Responder responder() {
    return responder;
  }

  @Nullable Handler<HttpServerRequest> fallback() {
    return fallback;
  }

  UnderWay underWay() {
    return underWay;
  }

  AtomicInteger openConnections() {
    return metrics.connections();
  }
}
