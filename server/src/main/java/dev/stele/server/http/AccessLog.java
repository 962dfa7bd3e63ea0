package dev.stele.server.http;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One line per request, but for those that are refused because too many are under way: these get
 * one together, once a second at most. Queries are left out, since they may hold access tokens.
 */
final class AccessLog {
  private static final Logger log = LoggerFactory.getLogger("dev.stele.access");

  private AccessLog() {}

  static void answered(Call call, int status, long nanos) {
    if (log.isInfoEnabled()) {
      String method = call.request.method().name();
      String path = String.valueOf(call.request.path());
      log.info("{}", new AccessLine(method, path, status, nanos, call.requestId));
    }
  }

  /**
   * @param most how many were under way already
   * @param nanos the time in which they came
   */
  static void refused(long requests, int most, long nanos) {
    if (log.isInfoEnabled()) {
      log.info("{}", new RefusedLine(requests, most, nanos));
    }
  }

  /** Milliseconds with one decimal; a formatter would cost more than the request. */
  static String millis(long nanos) {
    long tenths = (nanos + 50_000) / 100_000;
    return tenths / 10 + "." + tenths % 10;
  }

  /** A path as it came, without anything that could forge a line or move a terminal's cursor. */
  static String printable(String path) {
    for (int i = 0; i < path.length(); i++) {
      char c = path.charAt(i);
      if (c <= ' ' || c >= 0x7f) {
        return path.replaceAll("[^!-~]", "?");
      }
    }
    return path;
  }
}
