package dev.stele.server.http;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * How many requests have no answer yet, but for those that wait for something to happen. When they
 * are too many, more are refused at once: whoever asks more than can be done is told so while the
 * others are answered in time. Thread-safe.
 */
final class UnderWay {
  /** What a machine of two cores does in about a third of a second. */
  static final int MOST = 2_000;

  private final int most;
  private final AtomicInteger count = new AtomicInteger();
  private final Counter refused;

  UnderWay(int most, MeterRegistry registry) {
    this.most = most;
    Gauge.builder("http.server.under_way", count, AtomicInteger::doubleValue)
        .description("Requests without an answer, but for those that wait for something to happen")
        .register(registry);
    this.refused =
        Counter.builder("http.server.shed")
            .description("Requests that were refused because too many were under way")
            .register(registry);
  }

  /** Lets a request in, which is to {@link #leave} when it is answered; not if there are enough. */
  boolean enter() {
    if (count.incrementAndGet() <= most) {
      return true;
    }
    leave();
    refused.increment();
    return false;
  }

  void leave() {
    count.decrementAndGet();
  }
}
