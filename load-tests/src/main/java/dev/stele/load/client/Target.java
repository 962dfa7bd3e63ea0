package dev.stele.load.client;

import java.net.URI;

/**
 * Where the server is and how to reach it.
 *
 * @param url its base URL, without a path
 * @param sources from how many addresses of 127.0.0.0/8 to connect, starting with 127.0.0.1; 0 to
 *     leave the choice to the system. More than one is needed for tens of thousands of connections
 * @param threads how many event loops generate the load
 * @param http2 whether to speak HTTP/2 (negotiated by ALPN with https, by prior knowledge with
 *     http) instead of HTTP/1.1
 */
public record Target(URI url, int sources, int threads, boolean http2) {
  public Target {
    if (url.getHost() == null || !(isHttp(url) || isHttps(url))) {
      throw new IllegalArgumentException("target: " + url + " (expected: http://HOST:PORT)");
    }
    if (sources < 0 || sources > 250) {
      throw new IllegalArgumentException("sources: " + sources + " (expected: 0..250)");
    }
    if (threads < 1 || threads > 256) {
      throw new IllegalArgumentException("threads: " + threads + " (expected: 1..256)");
    }
  }

  /** The same generator, for another server. */
  public Target at(URI other) {
    return new Target(other, sources, threads, http2);
  }

  boolean secure() {
    return isHttps(url);
  }

  int port() {
    return url.getPort() >= 0 ? url.getPort() : secure() ? 443 : 80;
  }

  private static boolean isHttp(URI url) {
    return "http".equals(url.getScheme());
  }

  private static boolean isHttps(URI url) {
    return "https".equals(url.getScheme());
  }
}
