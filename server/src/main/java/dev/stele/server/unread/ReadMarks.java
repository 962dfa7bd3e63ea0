package dev.stele.server.unread;

import java.util.HashMap;
import java.util.Map;

/**
 * Up to where a user has read a room, as positions. Client-server API, "Threaded read receipts".
 * Immutable.
 *
 * @param everywhere up to where everything is read, whatever its thread
 * @param threads up to where each thread is read, by its root; the main one is {@link Threads#MAIN}
 */
record ReadMarks(long everywhere, Map<String, Long> threads) {
  ReadMarks {
    threads = Map.copyOf(threads);
  }

  /** Nothing after a position is read. */
  static ReadMarks from(long position) {
    return new ReadMarks(position, Map.of());
  }

  /** Reading never goes back: of two marks the later one counts. */
  ReadMarks upTo(long position) {
    return position <= everywhere ? this : new ReadMarks(position, threads);
  }

  ReadMarks upTo(String thread, long position) {
    if (position <= of(thread)) {
      return this;
    }
    Map<String, Long> more = new HashMap<>(threads);
    more.values().removeIf(mark -> mark <= everywhere);
    more.put(thread, position);
    return new ReadMarks(everywhere, more);
  }

  /** Up to where a thread is read. */
  long of(String thread) {
    return Math.max(everywhere, threads.getOrDefault(thread, 0L));
  }
}
