package dev.stele.server.http;

import io.vertx.core.Future;
import io.vertx.core.Handler;
import io.vertx.core.http.HttpConnection;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.HttpVersion;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.LongSupplier;

/**
 * The open connections of one event loop. One that has a request under way may stay as long as that
 * takes (a long poll); one that has not must send the next, complete with all headers, in time.
 * HTTP/2, which multiplexes and pings, is held to its first request only.
 */
final class Connections {
  /** How many may be open on all event loops; each takes some 9 kB. */
  static final int MOST = 30_000;

  private final AtomicInteger open;
  private final Map<HttpConnection, Integer> requests = new HashMap<>();
  private final Deadlines<HttpConnection> unused;
  private final Deadlines<HttpConnection> idle;

  /**
   * @param open how many there are, on all event loops
   */
  Connections(Timeouts timeouts, LongSupplier nanoClock, AtomicInteger open) {
    this.open = open;
    this.unused =
        new Deadlines<>(timeouts.firstRequest().toNanos(), nanoClock, HttpConnection::close);
    this.idle = new Deadlines<>(timeouts.nextRequest().toNanos(), nanoClock, HttpConnection::close);
  }

  void opened(HttpConnection connection) {
    if (open.incrementAndGet() > MOST) {
      open.decrementAndGet();
      Future<Void> unused = connection.close();
      return;
    }
    requests.put(connection, 0);
    unused.begin(connection);
    connection.closeHandler(nothing -> closed(connection));
  }

  private void closed(HttpConnection connection) {
    if (requests.remove(connection) != null) {
      open.decrementAndGet();
    }
    unused.end(connection);
    idle.end(connection);
  }

  /** Hands a request on, and keeps account of it until its answer is written. */
  void track(HttpServerRequest request, Handler<HttpServerRequest> handler) {
    HttpConnection connection = request.connection();
    requestBegan(connection);
    if (request.version() != HttpVersion.HTTP_2) {
      request.response().endHandler(nothing -> requestEnded(connection));
    }
    handler.handle(request);
  }

  private void requestBegan(HttpConnection connection) {
    if (requests.computeIfPresent(connection, (key, count) -> count + 1) != null) {
      unused.end(connection);
      idle.end(connection);
    }
  }

  private void requestEnded(HttpConnection connection) {
    Integer left = requests.computeIfPresent(connection, (key, count) -> count - 1);
    if (left != null && left == 0) {
      idle.begin(connection);
    }
  }

  void sweep() {
    unused.sweep();
    idle.sweep();
  }
}
