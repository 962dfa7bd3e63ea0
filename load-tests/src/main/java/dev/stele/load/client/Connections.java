package dev.stele.load.client;

import io.vertx.core.Future;
import io.vertx.core.http.HttpClientAgent;
import io.vertx.core.http.HttpClientConnection;
import io.vertx.core.http.HttpClientRequest;
import io.vertx.core.http.HttpConnectOptions;
import io.vertx.core.http.HttpMethod;
import java.util.ArrayDeque;
import org.jspecify.annotations.Nullable;

/**
 * The connections of one loop from one address. With HTTP/1.1 each carries one request at a time,
 * and the one that was used last is used first; a general pool looks through all connections for a
 * free one, which with thousands of polls takes the generator longer than all the rest. With HTTP/2
 * Vert.x shares them out. Lives on its loop.
 */
final class Connections {
  private final HttpClientAgent client;
  private final boolean shared;
  private final HttpConnectOptions where = new HttpConnectOptions();
  private final ArrayDeque<Connection> idle = new ArrayDeque<>();

  Connections(HttpClientAgent client, boolean shared) {
    this.client = client;
    this.shared = shared;
  }

  /** One that a request is made on. */
  final class Connection {
    private final @Nullable HttpClientConnection http;
    private boolean closed;

    private Connection(@Nullable HttpClientConnection http) {
      this.http = http;
      if (http != null) {
        http.closeHandler(gone -> closed = true);
      }
    }

    Future<HttpClientRequest> request(HttpMethod method, String path) {
      return http == null ? client.request(method, path) : http.request(method, path);
    }

    /** The answer has come: the next request may use it. */
    void free() {
      if (http != null && !closed) {
        idle.push(this);
      }
    }
  }

  /** A connection that nobody else uses until it is free. */
  Future<Connection> take() {
    if (shared) {
      return Future.succeededFuture(new Connection(null));
    }
    Connection free = idle.poll();
    while (free != null && free.closed) {
      free = idle.poll();
    }
    return free == null ? client.connect(where).map(Connection::new) : Future.succeededFuture(free);
  }
}
