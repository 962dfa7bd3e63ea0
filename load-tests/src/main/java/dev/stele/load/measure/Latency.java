package dev.stele.load.measure;

import java.util.List;
import java.util.stream.DoubleStream;
import org.HdrHistogram.Histogram;

/**
 * A distribution of times, in milliseconds. All are 0 when nothing was counted.
 *
 * @param curve the time at each of many percentiles, for plots
 */
public record Latency(
    long count,
    double mean,
    double p50,
    double p90,
    double p99,
    double p999,
    double max,
    List<Quantile> curve) {
  private static final double[] CURVE = {
    0, 10, 20, 30, 40, 50, 60, 70, 75, 80, 85, 90, 92.5, 95, 97, 98, 99, 99.3, 99.5, 99.7, 99.8,
    99.9, 99.93, 99.95, 99.97, 99.98, 99.99, 99.995, 99.999
  };

  /** How long {@code percent} of all take at most. */
  public record Quantile(double percent, double ms) {}

  /** Sums up times in microseconds. */
  static Latency of(Histogram micros) {
    return new Latency(
        micros.getTotalCount(),
        micros.getTotalCount() == 0 ? 0 : micros.getMean() / 1000,
        at(micros, 50),
        at(micros, 90),
        at(micros, 99),
        at(micros, 99.9),
        micros.getMaxValue() / 1000.0,
        curve(micros));
  }

  /** As far out as there are enough times to speak of such a percentile. */
  private static List<Quantile> curve(Histogram micros) {
    double beyond = 100.0 / Math.max(1, micros.getTotalCount());
    return DoubleStream.of(CURVE)
        .filter(percent -> 100 - percent >= beyond)
        .mapToObj(percent -> new Quantile(percent, at(micros, percent)))
        .toList();
  }

  private static double at(Histogram micros, double percentile) {
    return micros.getValueAtPercentile(percentile) / 1000.0;
  }
}
