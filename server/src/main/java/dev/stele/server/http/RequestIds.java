package dev.stele.server.http;

import java.util.concurrent.ThreadLocalRandom;

/** Names for requests, unique enough to find one in the log. Of one event loop. */
final class RequestIds {
  private static final int RADIX = 36;
  private static final int PREFIXES = 36 * 36 * 36 * 36;

  private final String prefix =
      Integer.toString(ThreadLocalRandom.current().nextInt(PREFIXES / RADIX, PREFIXES), RADIX)
          + "-";
  private long last;

  String next() {
    return prefix + Long.toString(++last, RADIX);
  }
}
