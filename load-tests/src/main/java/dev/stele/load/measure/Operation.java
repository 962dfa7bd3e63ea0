package dev.stele.load.measure;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.LongAdder;
import org.HdrHistogram.Histogram;
import org.HdrHistogram.Recorder;

/**
 * One kind of request or event, and how long each took. Recording is thread-safe; the rest belongs
 * to the thread that measures.
 *
 * <p>Times are kept in microseconds with three digits, up to ten minutes.
 */
public final class Operation {
  private static final long MAX_MICROS = 600_000_000;

  private final String name;
  private final Window window;
  private final Recorder recorder = new Recorder(MAX_MICROS, 3);
  private final Histogram total = new Histogram(MAX_MICROS, 3);
  private final LongAdder finished = new LongAdder();
  private final List<Point> timeline = new ArrayList<>();
  private Histogram interval = recorder.getIntervalHistogram();
  private double pointedAt;

  Operation(String name, Window window) {
    this.name = name;
    this.window = window;
  }

  /** A part of the time measured. Times are in milliseconds, and {@code second} is its end. */
  public record Point(double second, double perSecond, double p50, double p99) {}

  public String name() {
    return name;
  }

  /** Counts what ends within the time measured. */
  public void finished(long since, long now) {
    finished.increment();
    if (window.covers(now)) {
      record(now - since);
    }
  }

  /** Counts what began within the time measured, when it ends. */
  public void began(long since, long now) {
    finished.increment();
    if (window.covers(since)) {
      record(now - since);
    }
  }

  /** How many there were, those of the warm-up included. */
  public long soFar() {
    return finished.sum();
  }

  /** Ends a part of the timeline. */
  void point(double second) {
    double seconds = second - pointedAt;
    pointedAt = second;
    drain();
    long count = interval.getTotalCount();
    timeline.add(
        new Point(
            second,
            seconds > 0 ? count / seconds : 0,
            interval.getValueAtPercentile(50) / 1000.0,
            interval.getValueAtPercentile(99) / 1000.0));
  }

  /** What was measured in so many seconds, arrivals after their end included. */
  public Measured measured(double seconds) {
    drain();
    long count = total.getTotalCount();
    return new Measured(
        name, count, seconds > 0 ? count / seconds : 0, Latency.of(total), List.copyOf(timeline));
  }

  private void record(long micros) {
    recorder.recordValue(Math.min(Math.max(micros, 0), MAX_MICROS));
  }

  private void drain() {
    interval = recorder.getIntervalHistogram(interval);
    total.add(interval);
  }
}
