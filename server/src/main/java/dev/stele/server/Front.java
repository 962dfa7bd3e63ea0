package dev.stele.server;

import dev.stele.api.Api;
import dev.stele.server.http.Edge;
import dev.stele.server.http.HttpEdge;
import dev.stele.server.http.ListenerOptions;
import dev.stele.server.http.MountedEdge;
import dev.stele.server.settings.Listener;
import dev.stele.server.settings.Settings;
import io.vertx.core.Future;
import io.vertx.core.Handler;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpServerRequest;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Where requests come in: by listeners of the server's own, or from an application's server. */
final class Front {
  private final MountedEdge mounted;
  private final @Nullable HttpEdge listening;

  private Front(MountedEdge mounted, @Nullable HttpEdge listening) {
    this.mounted = mounted;
    this.listening = listening;
  }

  /** Opens it; completes once every listener answers. */
  static Future<Front> open(
      Vertx vertx, Settings settings, Embedding embedding, Edge edge, int loops) {
    MountedEdge mounted = new MountedEdge(vertx, edge);
    if (!embedding.listens()) {
      return Future.succeededFuture(new Front(mounted, null));
    }
    Handler<HttpServerRequest> routes = embedding.routes();
    Edge whole = routes == null ? edge : edge.withFallback(routes);
    return HttpEdge.start(vertx, whole, listeners(settings), loops)
        .map(listening -> new Front(mounted, listening));
  }

  Handler<HttpServerRequest> handler() {
    return mounted;
  }

  List<Integer> ports() {
    return listening == null ? List.of() : listening.ports();
  }

  Future<Void> close() {
    Future<Void> stopped = listening == null ? Future.succeededFuture() : listening.stop();
    return stopped.eventually(mounted::close);
  }

  private static List<ListenerOptions> listeners(Settings settings) {
    return settings.listeners().stream().map(Front::listener).toList();
  }

  private static ListenerOptions listener(Listener listener) {
    ListenerOptions.@Nullable Tls tls =
        listener
            .tls()
            .map(files -> new ListenerOptions.Tls(files.certificate(), files.privateKey()))
            .orElse(null);
    Set<Api> apis =
        listener.resources().stream()
            .map(resource -> Api.valueOf(resource.name()))
            .collect(Collectors.toUnmodifiableSet());
    return new ListenerOptions(listener.bind(), listener.port(), tls, apis);
  }
}
