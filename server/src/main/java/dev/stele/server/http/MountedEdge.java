package dev.stele.server.http;

import dev.stele.api.Api;
import io.netty.channel.EventLoop;
import io.vertx.core.Future;
import io.vertx.core.Handler;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.internal.ContextInternal;
import java.util.EnumSet;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/**
 * The edge as a handler of somebody else's server, on any number of its event loops. It serves
 * every API, and takes no listener of the settings for that server's.
 */
public final class MountedEdge implements Handler<HttpServerRequest> {
  private static final ListenerOptions SOMEBODY_ELSES =
      new ListenerOptions("", 0, null, EnumSet.allOf(Api.class));

  private final Vertx vertx;
  private final Edge edge;
  private final Map<EventLoop, Loop> loops = new ConcurrentHashMap<>();
  private volatile boolean closed;

  public MountedEdge(Vertx vertx, Edge edge) {
    this.vertx = vertx;
    this.edge = edge;
  }

  private record Loop(Handler<HttpServerRequest> dispatcher, long timer) {}

  /**
   * Serves a request, whose body nobody has begun to read. To be called on the event loop of the
   * request.
   */
  @Override
  public void handle(HttpServerRequest request) {
    if (closed) {
      refuse(request);
      return;
    }
    EventLoop loop = ((ContextInternal) vertx.getOrCreateContext()).nettyEventLoop();
    loops.computeIfAbsent(loop, first -> join()).dispatcher.handle(request);
  }

  /** From now on every request is refused. */
  public Future<Void> close() {
    closed = true;
    loops.values().forEach(loop -> vertx.cancelTimer(loop.timer));
    loops.clear();
    return Future.succeededFuture();
  }

  private Loop join() {
    LoopLimits limits = LoopLimits.of(vertx, edge, Timeouts.defaults());
    long timer = vertx.setPeriodic(LoopLimits.SWEEP_MILLIS, nothing -> limits.sweep());
    return new Loop(edge.dispatcher(SOMEBODY_ELSES, limits), timer);
  }

  private static void refuse(HttpServerRequest request) {
    Future<Void> unused =
        request
            .response()
            .setStatusCode(Failures.outage().status())
            .putHeader(HttpHeaders.CONTENT_TYPE, JsonText.CONTENT_TYPE)
            .end(ErrorBody.of(Failures.outage()));
  }
}
