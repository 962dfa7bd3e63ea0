package dev.stele.server.http;

import io.vertx.core.MultiMap;
import io.vertx.core.http.HttpHeaders;

/** What lets scripts of any web page talk to us. Client-server API, "Web Browser Clients". */
final class Cors {
  private static final CharSequence ANY = HttpHeaders.createOptimized("*");
  private static final CharSequence METHODS =
      HttpHeaders.createOptimized("GET, POST, PUT, DELETE, OPTIONS");
  private static final CharSequence HEADERS =
      HttpHeaders.createOptimized("X-Requested-With, Content-Type, Authorization");

  private Cors() {}

  static void addTo(MultiMap headers) {
    headers.set(HttpHeaders.ACCESS_CONTROL_ALLOW_ORIGIN, ANY);
    headers.set(HttpHeaders.ACCESS_CONTROL_ALLOW_METHODS, METHODS);
    headers.set(HttpHeaders.ACCESS_CONTROL_ALLOW_HEADERS, HEADERS);
  }
}
