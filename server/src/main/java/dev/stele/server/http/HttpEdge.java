package dev.stele.server.http;

import io.vertx.core.DeploymentOptions;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;

/** The listening edge. */
public final class HttpEdge {
  private final Vertx vertx;
  private final String deployment;
  private final List<Integer> ports;

  private HttpEdge(Vertx vertx, String deployment, List<Integer> ports) {
    this.vertx = vertx;
    this.deployment = deployment;
    this.ports = ports;
  }

  /**
   * Starts to listen, on {@code eventLoops} event loops.
   *
   * @return the edge once every listener accepts connections; fails with {@link CannotListen}
   */
  public static Future<HttpEdge> start(
      Vertx vertx, Edge edge, List<ListenerOptions> listeners, int eventLoops) {
    return start(vertx, edge, listeners, eventLoops, Timeouts.defaults());
  }

  static Future<HttpEdge> start(
      Vertx vertx, Edge edge, List<ListenerOptions> listeners, int eventLoops, Timeouts timeouts) {
    int anyPort = Sockets.anyPort();
    Queue<HttpVerticle> verticles = new ConcurrentLinkedQueue<>();
    return vertx
        .deployVerticle(
            () -> {
              var verticle = new HttpVerticle(edge, listeners, timeouts, anyPort);
              verticles.add(verticle);
              return verticle;
            },
            new DeploymentOptions().setInstances(eventLoops))
        .map(id -> new HttpEdge(vertx, id, verticles.element().ports()));
  }

  /** The port of each listener, in their order. */
  public List<Integer> ports() {
    return ports;
  }

  /** Accepts nothing more, gives requests that are under way a second to end, and hangs up. */
  public Future<Void> stop() {
    return vertx.undeploy(deployment);
  }
}
