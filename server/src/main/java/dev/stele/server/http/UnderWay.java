package dev.stele.server.http;

import io.micrometer.core.instrument.FunctionCounter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.LongAdder;
import java.util.function.LongSupplier;

/**
 * How many requests have no answer yet, but for those that wait for something to happen. When they
 * are too many, more are refused at once: whoever asks more than can be done is told so while the
 * others are answered in time. Thread-safe.
 *
 * <p>A crowd that comes at once and is soon served does no harm, and may be large. A line that does
 * not get shorter makes everybody wait and helps nobody, and what each in it holds outlives young
 * garbage collections. So once there have been many all the time for a second, no more than those
 * are let in, until a second passes in which nobody had to be refused.
 */
final class UnderWay {
  /** How often it is judged whether there is a lasting line, and told how many were refused. */
  private static final long PERIOD_NANOS = TimeUnit.SECONDS.toNanos(1);

  private final Bounds bounds;
  private final LongSupplier nanoClock;
  private final AtomicInteger count = new AtomicInteger();
  private final LongAdder refused = new LongAdder();
  private final AtomicLong judgedAt;
  private volatile int most;
  private volatile int fewest;
  private volatile long refusedBefore;

  UnderWay(Bounds bounds, LongSupplier nanoClock, MeterRegistry registry) {
    this.bounds = bounds;
    this.nanoClock = nanoClock;
    this.judgedAt = new AtomicLong(nanoClock.getAsLong());
    this.most = bounds.crowd;
    Gauge.builder("http.server.under_way", count, AtomicInteger::doubleValue)
        .description("Requests without an answer, but for those that wait for something to happen")
        .register(registry);
    FunctionCounter.builder("http.server.shed", refused, LongAdder::doubleValue)
        .description("Requests that were refused because too many were under way")
        .register(registry);
  }

  /**
   * How many may be under way.
   *
   * @param crowd at a time
   * @param line for long, at most {@code crowd}
   */
  record Bounds(int crowd, int line) {
    Bounds {
      if (line < 1 || line > crowd) {
        throw new IllegalArgumentException("line: " + line + " (expected: 1-" + crowd + ")");
      }
    }

    /** What a machine of two cores does in a quarter of a second, and in an eighth. */
    static Bounds defaults() {
      return new Bounds(2_000, 1_000);
    }
  }

  /** Whether one more would be refused. */
  boolean isFull() {
    return count.get() >= most;
  }

  /** Lets a request in, which is to {@link #leave} when it is answered; not if there are enough. */
  boolean enter() {
    if (count.incrementAndGet() <= most) {
      return true;
    }
    count.decrementAndGet();
    refuse();
    return false;
  }

  void leave() {
    int left = count.decrementAndGet();
    if (left < fewest) {
      fewest = left;
    }
  }

  /** Counts a request that was refused. */
  void refuse() {
    refused.increment();
  }

  /**
   * To be called more often than once a second, by anybody: judges how many may come from now on.
   */
  void sweep() {
    long now = nanoClock.getAsLong();
    long before = judgedAt.get();
    if (now - before >= PERIOD_NANOS && judgedAt.compareAndSet(before, now)) {
      judge(now - before);
    }
  }

  private void judge(long nanos) {
    long all = refused.sum();
    long lately = all - refusedBefore;
    refusedBefore = all;
    boolean isLasting = fewest >= bounds.line || (lately > 0 && most == bounds.line);
    fewest = count.get();
    if (lately > 0) {
      AccessLog.refused(lately, most, nanos);
    }
    most = isLasting ? bounds.line : bounds.crowd;
  }
}
