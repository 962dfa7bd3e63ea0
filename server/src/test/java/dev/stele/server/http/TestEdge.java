package dev.stele.server.http;

import com.github.benmanes.caffeine.cache.Ticker;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * A real edge on a loopback port for tests of resources. Access tokens are user ids: {@code Bearer
 * @alice:hs} is Alice, on device {@code DEV}, and {@code @alice:hs|PHONE} is she on another device; a
 * token without a leading {@code @} is unknown.
 */
public final class TestEdge implements AutoCloseable {
  private final Vertx vertx = Vertx.vertx();
  private final MeterRegistry meters = new SimpleMeterRegistry();
  private final Edge shared;
  private final HttpEdge edge;

  /** Listens on 127.0.0.1, any port, without rate limits. */
  public TestEdge(Resource... resources) {
    this(RateLimits.off(), resources);
  }

  public TestEdge(RateLimits limits, Resource... resources) {
    this(limits, Timeouts.defaults(), List.of(ListenerOptions.plain("127.0.0.1", 0)), resources);
  }

  TestEdge(
      RateLimits limits,
      Timeouts timeouts,
      List<ListenerOptions> listeners,
      Resource... resources) {
    this(limits, timeouts, listeners, UnderWay.Bounds.defaults(), resources);
  }

  /** Lets no more than so many requests be under way. */
  TestEdge(int mostUnderWay, Resource... resources) {
    this(mostUnderWay, List.of(ListenerOptions.plain("127.0.0.1", 0)), resources);
  }

  TestEdge(int mostUnderWay, List<ListenerOptions> listeners, Resource... resources) {
    this(
        RateLimits.off(),
        Timeouts.defaults(),
        listeners,
        new UnderWay.Bounds(mostUnderWay, mostUnderWay),
        resources);
  }

  private TestEdge(
      RateLimits limits,
      Timeouts timeouts,
      List<ListenerOptions> listeners,
      UnderWay.Bounds bounds,
      Resource... resources) {
    var limiter = new RateLimiter(limits, Ticker.systemTicker());
    shared = new Edge(Bindings.of(resources), TestEdge::authenticate, limiter, meters, bounds);
    edge = await(HttpEdge.start(vertx, shared, listeners, 2, timeouts));
  }

  private static Future<Optional<Requester>> authenticate(String token) {
    if (!token.startsWith("@")) {
      return Future.succeededFuture(Optional.empty());
    }
    int bar = token.indexOf('|');
    String user = bar < 0 ? token : token.substring(0, bar);
    String device = bar < 0 ? "DEV" : token.substring(bar + 1);
    return Future.succeededFuture(Optional.of(new Requester(user, device, false, false, token)));
  }

  /** Waits, on a thread that may, for a future to end well. */
  public static <T> T await(Future<T> future) {
    try {
      return future.toCompletionStage().toCompletableFuture().get(60, TimeUnit.SECONDS);
    } catch (Exception e) {
      throw new AssertionError(e);
    }
  }

  public Vertx vertx() {
    return vertx;
  }

  public int port() {
    return edge.ports().get(0);
  }

  List<Integer> ports() {
    return edge.ports();
  }

  AtomicInteger openConnections() {
    return shared.openConnections();
  }

  public MeterRegistry meters() {
    return meters;
  }

  @Override
  public void close() {
    await(edge.stop());
    await(vertx.close());
  }
}
