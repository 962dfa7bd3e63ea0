package dev.stele.load.report;

import dev.stele.load.measure.Latency;
import dev.stele.load.measure.Measured;
import dev.stele.load.measure.ProcessWatch;
import dev.stele.load.measure.ProcessWatch.Sample;
import java.io.PrintWriter;
import java.util.List;
import java.util.Locale;

/** Results as a table for people. */
public record Table(List<Result> results) {

  public void print(PrintWriter out) {
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
    for (Result result : results) {
      for (Measured measured : result.operations()) {
        row(out, result.label(), measured.name(), measured.perSecond(), measured.latency());
      }
      if (result.generatorLag().count() > 0) {
        Latency lag = result.generatorLag();
        row(out, result.label(), "generator lag", lag.count() / result.seconds(), lag);
      }
    }
    results.forEach(result -> remarks(out, result));
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

  private static void remarks(PrintWriter out, Result result) {
    String who = result.label() + ": ";
    if (!result.served()) {
      out.println(who + "NOT MEASURED: " + result.notServed());
      return;
    }
    result
        .figures()
        .forEach(
            (name, figure) ->
                out.println(who + name + " " + Text.number(figure.value()) + " " + figure.unit()));
    result.processes().forEach(process -> process(out, who, process));
    out.printf(Locale.ROOT, "%sgenerator used %.2f cores%n", who, result.generatorCores());
    result.failures().forEach((why, count) -> out.printf("%sfailed %s: %,d%n", who, why, count));
    result.remarks().forEach(remark -> out.println(who + remark));
    if (result.check().saysSomething()) {
      out.println(who + "check " + result.check().text());
    }
  }

  private static void process(PrintWriter out, String who, ProcessWatch.Watched process) {
    List<Sample> samples = process.samples().stream().filter(s -> s.second() >= 0).toList();
    if (!samples.isEmpty()) {
      out.printf(
          Locale.ROOT,
          "%s%s: %.0f MB at most (%.0f with children), %.2f cores on average (%.2f)%n",
          who,
          process.name(),
          samples.stream().mapToDouble(Sample::memoryMb).max().orElse(0),
          samples.stream().mapToDouble(Sample::treeMemoryMb).max().orElse(0),
          samples.stream().mapToDouble(Sample::cores).average().orElse(0),
          samples.stream().mapToDouble(Sample::treeCores).average().orElse(0));
    }
  }
}
