package dev.stele.load.report;

import dev.stele.load.measure.Figure;
import dev.stele.load.measure.Measured;
import dev.stele.load.measure.Meter;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** How one server compares with another. */
final class Ratio {
  /** What the bare server calls itself. */
  private static final String BARE = "bare Vert.x";

  private static final double ENOUGH = 5;
  private static final double SAME_RATE = 1.15;

  private Ratio() {}

  /** Lines about the first one and each other, and about each one and the ceiling. */
  static List<String> all(List<Result> results) {
    List<String> lines = new ArrayList<>();
    results.stream().skip(1).forEach(other -> lines.addAll(all(results.get(0), other)));
    for (Result bare : results) {
      if (bare.server().equals(BARE)) {
        results.stream()
            .filter(result -> !result.server().equals(BARE))
            .flatMap(result -> ceiling(result, bare).stream())
            .forEach(lines::add);
      }
    }
    return lines;
  }

  /** A line for everything that was timed or found out at both. */
  private static List<String> all(Result one, Result other) {
    List<String> lines = new ArrayList<>();
    for (Measured mine : one.operations()) {
      other
          .operation(mine.name())
          .ifPresent(its -> lines.add(line(one.label(), mine, other.label(), its)));
    }
    for (Map.Entry<String, Figure> mine : one.figures().entrySet()) {
      Figure its = other.figures().get(mine.getKey());
      if (its != null && !its.unit().isEmpty() && its.value() > 0 && mine.getValue().value() > 0) {
        lines.add(
            String.format(
                Locale.ROOT,
                "%s / %s: %s %.2f x",
                one.label(),
                other.label(),
                mine.getKey(),
                mine.getValue().value() / its.value()));
      }
    }
    return lines;
  }

  private static String line(String one, Measured mine, String other, Measured its) {
    return String.format(
        Locale.ROOT,
        "%s / %s: %s %.2f x per second, p50 %.2f x, p99 %.2f x",
        one,
        other,
        mine.name(),
        of(mine.perSecond(), its.perSecond()),
        of(mine.latency().p50(), its.latency().p50()),
        of(mine.latency().p99(), its.latency().p99()));
  }

  /** How far above the server the bare one is, which this generator drove as well. */
  private static List<String> ceiling(Result result, Result bare) {
    List<String> lines = new ArrayList<>();
    for (Measured mine : result.operations()) {
      if (!mine.name().startsWith(Meter.DELIVERY)) {
        bare.operation(mine.name()).ifPresent(its -> lines.add(ceiling(result.label(), mine, its)));
      }
    }
    return lines;
  }

  private static String ceiling(String label, Measured mine, Measured its) {
    double times = of(its.perSecond(), mine.perSecond());
    if (times < SAME_RATE && times > 1 / SAME_RATE) {
      return String.format(
          Locale.ROOT,
          "ceiling: at the same rate of %s, the bare server took %.2f x the time of %s (p50)",
          mine.name(),
          of(its.latency().p50(), mine.latency().p50()),
          label);
    }
    return String.format(
        Locale.ROOT,
        "ceiling: this generator drove %.1f x the %s of %s at the bare server on this machine: %s",
        times,
        mine.name(),
        label,
        times >= ENOUGH
            ? "it can keep up"
            : "less than " + (int) ENOUGH + " x, so part of the time may be the generator's");
  }

  static double of(double mine, double its) {
    return its == 0 ? 0 : mine / its;
  }
}
