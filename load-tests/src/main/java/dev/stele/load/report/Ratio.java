package dev.stele.load.report;

import dev.stele.load.measure.Measured;
import java.util.List;
import java.util.Locale;

/** How one server compares with another. */
final class Ratio {
  private Ratio() {}

  /** A line for everything that was timed at both. */
  static List<String> all(Result one, Result other) {
    return one.operations().stream()
        .flatMap(
            mine ->
                other.operation(mine.name()).stream()
                    .map(its -> line(one.label(), mine, other.label(), its)))
        .toList();
  }

  private static String line(String one, Measured mine, String other, Measured its) {
    return String.format(
        Locale.ROOT,
        "%s / %s: %s %.2f x per second, p50 %.2f x, p99 %.2f x",
        one,
        other,
        mine.name(),
        ratio(mine.perSecond(), its.perSecond()),
        ratio(mine.latency().p50(), its.latency().p50()),
        ratio(mine.latency().p99(), its.latency().p99()));
  }

  private static double ratio(double mine, double its) {
    return its == 0 ? 0 : mine / its;
  }
}
