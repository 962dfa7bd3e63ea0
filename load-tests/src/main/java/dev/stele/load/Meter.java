package dev.stele.load;

import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.LongAdder;
import org.HdrHistogram.Recorder;

/**
 * What was measured between {@link #begin} and {@link #end}: the messages acknowledged in that
 * time, and the arrivals of those sent in that time. Thread-safe.
 *
 * <p>Times are kept in microseconds with three digits, up to a minute.
 */
final class Meter {
  private static final long MAX_MICROS = 60_000_000;

  private final Recorder sends = new Recorder(MAX_MICROS, 3);
  private final Recorder deliveries = new Recorder(MAX_MICROS, 3);
  private final Recorder lags = new Recorder(MAX_MICROS, 3);
  private final LongAdder sent = new LongAdder();
  private final Map<String, LongAdder> failures = new ConcurrentHashMap<>();
  private volatile long begin = Long.MAX_VALUE;
  private volatile long end = Long.MAX_VALUE;

  /** Measures from that time on. */
  void begin(long micros) {
    begin = micros;
  }

  void end(long micros) {
    end = micros;
  }

  /** A message due at {@code since} was acknowledged. */
  void sent(long since, long now) {
    if (measures(now)) {
      sent.increment();
      record(sends, now - since);
    }
  }

  /** A message due at {@code since} reached a poller. */
  void delivered(long since, long now) {
    if (measures(since)) {
      record(deliveries, now - since);
    }
  }

  /** A message due at {@code due} left only now, although its sender was free. */
  void lagged(long due, long now) {
    if (measures(now)) {
      record(lags, now - due);
    }
  }

  /** A request failed. Counted always: a failure during warm-up is one as well. */
  void failed(String reason) {
    failures.computeIfAbsent(reason, absent -> new LongAdder()).increment();
  }

  long sentSoFar() {
    return sent.sum();
  }

  /** How often requests failed, by reason. */
  Map<String, Long> failures() {
    Map<String, Long> counts = new TreeMap<>();
    failures.forEach((reason, count) -> counts.put(reason, count.sum()));
    return counts;
  }

  /** Times from send to acknowledgement. To be asked for once. */
  Latency sendLatency() {
    return Latency.of(sends.getIntervalHistogram());
  }

  /** Times from send to arrival at a poller. To be asked for once. */
  Latency deliveryLatency() {
    return Latency.of(deliveries.getIntervalHistogram());
  }

  /** How late the generator itself was. To be asked for once. */
  Latency lag() {
    return Latency.of(lags.getIntervalHistogram());
  }

  private boolean measures(long micros) {
    return micros >= begin && micros < end;
  }

  private static void record(Recorder recorder, long micros) {
    recorder.recordValue(Math.min(Math.max(micros, 0), MAX_MICROS));
  }
}
