package dev.stele.server.http;

import io.vertx.core.Future;
import io.vertx.core.Handler;
import io.vertx.core.VerticleBase;
import io.vertx.core.http.HttpServer;
import io.vertx.core.http.HttpServerRequest;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** All listeners on one event loop; as many of these share the listeners as there are loops. */
final class HttpVerticle extends VerticleBase {
  private static final long GRACE_MILLIS = 1_000;

  private final Edge edge;
  private final List<ListenerOptions> listeners;
  private final Timeouts timeouts;
  private final int anyPort;
  private final List<HttpServer> servers = new ArrayList<>();

  /**
   * @param anyPort of {@link Sockets#anyPort}, the same for all verticles of one edge
   */
  HttpVerticle(Edge edge, List<ListenerOptions> listeners, Timeouts timeouts, int anyPort) {
    this.edge = edge;
    this.listeners = listeners;
    this.timeouts = timeouts;
    this.anyPort = anyPort;
  }

  @Override
  public Future<?> start() {
    var connections = new Connections(timeouts, System::nanoTime, edge.openConnections());
    LoopLimits limits = LoopLimits.of(vertx, edge, timeouts);
    vertx.setPeriodic(
        LoopLimits.SWEEP_MILLIS,
        timer -> {
          connections.sweep();
          limits.sweep();
        });
    List<Future<HttpServer>> started = new ArrayList<>();
    for (int i = 0; i < listeners.size(); i++) {
      ListenerOptions listener = listeners.get(i);
      Handler<HttpServerRequest> dispatcher = edge.dispatcher(listener, limits);
      HttpServer server =
          vertx
              .createHttpServer(
                  Sockets.options(listener, timeouts, anyPort - i)
                      // All is written on its event loop, unless somebody else answers here too. A
                      // connection need not hold a queue for other threads then, of some 5 kB.
                      .setStrictThreadMode(edge.fallback() == null))
              .connectionHandler(connections::opened)
              .invalidRequestHandler(Malformed::refuse)
              .requestHandler(request -> connections.track(request, dispatcher));
      servers.add(server);
      started.add(
          server
              .listen()
              .recover(failure -> Future.failedFuture(new CannotListen(listener, failure))));
    }
    return Future.all(started);
  }

  @Override
  public Future<?> stop() {
    return Future.join(
        servers.stream().map(s -> s.shutdown(GRACE_MILLIS, TimeUnit.MILLISECONDS)).toList());
  }

  /** The port of each listener, in their order. */
  List<Integer> ports() {
    return servers.stream().map(HttpServer::actualPort).toList();
  }
}
