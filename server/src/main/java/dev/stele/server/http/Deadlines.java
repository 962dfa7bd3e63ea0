package dev.stele.server.http;

import com.google.errorprone.annotations.CanIgnoreReturnValue;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import java.util.function.LongSupplier;

/**
 * Things that must be over within the same time each; whoever sweeps ends those that are not. Of
 * one event loop.
 *
 * <p>A timer for every request and connection would cost more than the requests. Since all have the
 * same limit, the one that began first is always the first to expire.
 */
final class Deadlines<T> {
  private final long limitNanos;
  private final LongSupplier nanoClock;
  private final Consumer<T> onExpiry;
  private final Map<T, Long> begun = new LinkedHashMap<>();

  Deadlines(long limitNanos, LongSupplier nanoClock, Consumer<T> onExpiry) {
    this.limitNanos = limitNanos;
    this.nanoClock = nanoClock;
    this.onExpiry = onExpiry;
  }

  void begin(T thing) {
    begun.remove(thing);
    begun.put(thing, nanoClock.getAsLong());
  }

  void end(T thing) {
    begun.remove(thing);
  }

  /** Ends what has had its time; returns how many. */
  @CanIgnoreReturnValue
  int sweep() {
    List<T> expired = new ArrayList<>();
    long now = nanoClock.getAsLong();
    Iterator<Map.Entry<T, Long>> oldest = begun.entrySet().iterator();
    while (oldest.hasNext()) {
      Map.Entry<T, Long> entry = oldest.next();
      if (now - entry.getValue() < limitNanos) {
        break;
      }
      expired.add(entry.getKey());
      oldest.remove();
    }
    expired.forEach(onExpiry);
    return expired.size();
  }
}
