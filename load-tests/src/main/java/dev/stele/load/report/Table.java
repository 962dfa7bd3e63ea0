package dev.stele.load.report;

import dev.stele.load.measure.Latency;
import dev.stele.load.measure.Measured;
import java.io.PrintWriter;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;

/** Results of one scenario as a table for people. */
public record Table(List<Result> results) {

  /** A table for each scenario. */
  public static void printEach(List<Result> all, PrintWriter out) {
    Map<String, List<Result>> scenarios =
        all.stream()
            .collect(
                Collectors.groupingBy(Result::scenario, LinkedHashMap::new, Collectors.toList()));
    scenarios.forEach(
        (scenario, results) -> {
          out.printf("%n== %s ==", scenario);
          new Table(results).print(out);
        });
  }

  public void print(PrintWriter out) {
    List<Result> named = Labels.distinct(results);
    out.printf(
        Locale.ROOT,
        "%n%-16s %-17s %10s %11s %9s %9s %9s %9s%n",
        "server",
        "what",
        "per second",
        "count",
        "p50 ms",
        "p99 ms",
        "p99.9 ms",
        "max ms");
    for (Result result : named) {
      for (Measured measured : result.operations()) {
        row(out, result.label(), measured.name(), measured.perSecond(), measured.latency());
      }
      if (result.generatorLag().count() > 0) {
        Latency lag = result.generatorLag();
        row(out, result.label(), "generator lag", lag.count() / result.seconds(), lag);
      }
    }
    for (Result result : named) {
      Remark.of(result).forEach(remark -> out.println(result.label() + ": " + remark.text()));
    }
    Ratio.all(named).forEach(out::println);
    out.flush();
  }

  private static void row(
      PrintWriter out, String label, String what, double perSecond, Latency latency) {
    out.printf(
        Locale.ROOT,
        "%-16s %-17s %,10.0f %,11d %9s %9s %9s %9s%n",
        label,
        what,
        perSecond,
        latency.count(),
        Text.ms(latency.p50()),
        Text.ms(latency.p99()),
        Text.ms(latency.p999()),
        Text.ms(latency.max()));
  }
}
