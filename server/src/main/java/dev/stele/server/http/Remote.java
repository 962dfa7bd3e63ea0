package dev.stele.server.http;

import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.net.SocketAddress;

/** The other side of a connection. Forwarding headers are not believed. */
final class Remote {
  private static final int GROUPS_OF_NETWORK = 4;

  private Remote() {}

  /** The address, without port. */
  static String address(HttpServerRequest request) {
    SocketAddress address = request.remoteAddress();
    String host = address == null ? null : address.hostAddress();
    return host == null ? "local" : host;
  }

  /** What one customer of a network usually has: an IPv4 address, or 64 bits of an IPv6 one. */
  static String network(HttpServerRequest request) {
    return network(address(request));
  }

  /**
   * @param address in the JDK's form, which does not shorten IPv6
   */
  static String network(String address) {
    int end = -1;
    for (int group = 0; group < GROUPS_OF_NETWORK; group++) {
      end = address.indexOf(':', end + 1);
      if (end < 0) {
        return address;
      }
    }
    return address.substring(0, end);
  }
}
