package dev.stele.server.http;

import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.net.SocketAddress;

/** The other side of a connection. Forwarding headers are not believed. */
final class Remote {
  private Remote() {}

  static String address(HttpServerRequest request) {
    SocketAddress address = request.remoteAddress();
    String host = address == null ? null : address.hostAddress();
    return host == null ? "local" : host;
  }
}
