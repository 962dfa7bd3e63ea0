package dev.stele.load.report;

import java.util.ArrayList;
import java.util.List;
import java.util.function.DoubleFunction;

/**
 * How values become places along one side of a plot.
 *
 * @param title what is shown, with its unit
 * @param kind of scale
 * @param low the least value shown
 * @param high the greatest value shown
 * @param label writes a value
 */
record Axis(String title, Kind kind, double low, double high, DoubleFunction<String> label) {
  private static final int ABOUT_TICKS = 5;

  /** A scale. */
  enum Kind {
    LINEAR,
    LOGARITHMIC
  }

  /** From 0 or below to {@code high}, with some room. */
  static Axis linear(String title, double low, double high) {
    double from = Math.min(0, low);
    double to = high <= from ? from + 1 : high + (high - Math.max(0, from)) * 0.05;
    return new Axis(title, Kind.LINEAR, from, to, Text::number);
  }

  /** Exactly from one value to another. */
  static Axis exact(String title, double low, double high) {
    return new Axis(title, Kind.LINEAR, low, high > low ? high : low + 1, Text::number);
  }

  /** Around positive values, from one power of ten to another. */
  static Axis logarithmic(String title, double low, double high) {
    double from = Math.pow(10, Math.floor(Math.log10(Math.max(low, 1e-3))));
    double to = Math.pow(10, Math.ceil(Math.log10(Math.max(high, from * 1.01))));
    return new Axis(title, Kind.LOGARITHMIC, from, to, Text::number);
  }

  /** Percentiles, the last ones drawn apart: each nine takes as much room as the one before. */
  static Axis percentiles(double highest) {
    double nines = Math.max(1, Math.ceil(nines(highest) - 1e-9));
    return new Axis("percentile", Kind.LINEAR, 0, nines, Axis::percentile);
  }

  /** Where a percentile stands on {@link #percentiles}. */
  static double nines(double percent) {
    return -Math.log10(1 - Math.min(percent, 99.99999) / 100);
  }

  /** A value's place, 0 to 1. */
  double place(double value) {
    double place =
        kind == Kind.LINEAR
            ? (value - low) / (high - low)
            : Math.log10(Math.max(value, low) / low) / Math.log10(high / low);
    return Math.min(1, Math.max(0, place));
  }

  /** Where to draw lines. */
  List<Double> ticks() {
    List<Double> ticks = new ArrayList<>();
    if (kind == Kind.LOGARITHMIC) {
      for (double tick = low; tick <= high * 1.001; tick *= 10) {
        ticks.add(tick);
      }
      return ticks;
    }
    double step = step((high - low) / ABOUT_TICKS);
    for (long i = (long) Math.ceil(low / step - 1e-9); i * step <= high + step * 1e-9; i++) {
      ticks.add(i * step);
    }
    return ticks;
  }

  /** 1, 2 or 5 times a power of ten. */
  private static double step(double rough) {
    double power = Math.pow(10, Math.floor(Math.log10(rough)));
    double times = rough / power;
    return power * (times <= 1 ? 1 : times <= 2 ? 2 : times <= 5 ? 5 : 10);
  }

  private static String percentile(double nines) {
    if (nines != Math.rint(nines)) {
      return "";
    }
    return nines == 0 ? "0 %" : nines == 1 ? "90 %" : "99" + decimals((int) nines - 2) + " %";
  }

  private static String decimals(int count) {
    return count == 0 ? "" : "." + "9".repeat(count);
  }
}
