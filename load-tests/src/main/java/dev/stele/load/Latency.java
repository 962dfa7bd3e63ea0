package dev.stele.load;

import org.HdrHistogram.Histogram;

/** A distribution of times, in milliseconds. All are 0 when nothing was counted. */
record Latency(
    long count, double mean, double p50, double p90, double p99, double p999, double max) {

  /** Sums up times in microseconds. */
  static Latency of(Histogram micros) {
    return new Latency(
        micros.getTotalCount(),
        micros.getTotalCount() == 0 ? 0 : micros.getMean() / 1000,
        at(micros, 50),
        at(micros, 90),
        at(micros, 99),
        at(micros, 99.9),
        micros.getMaxValue() / 1000.0);
  }

  private static double at(Histogram micros, double percentile) {
    return micros.getValueAtPercentile(percentile) / 1000.0;
  }
}
