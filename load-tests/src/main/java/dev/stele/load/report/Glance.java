package dev.stele.load.report;

import dev.stele.load.measure.Measured;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/** All that several servers did, a line for each thing that was timed; empty with one server. */
final class Glance {
  private final List<String> labels;
  private final StringBuilder out = new StringBuilder();

  private Glance(List<String> labels) {
    this.labels = labels;
  }

  /** A table of the results by scenario. */
  static String html(Map<String, List<Result>> scenarios) {
    List<String> labels =
        scenarios.values().stream().flatMap(List::stream).map(Result::label).distinct().toList();
    if (labels.size() < 2) {
      return "";
    }
    Glance glance = new Glance(labels);
    glance.head();
    scenarios.forEach(glance::scenario);
    return glance.out.append("</table></div>\n").toString();
  }

  private void head() {
    out.append("<h2>At a glance</h2>\n")
        .append("<p class=\"soft\">A second, and the median and the 99th percentile in ms.")
        .append(" Ratio: what ")
        .append(Text.escape(labels.get(0)))
        .append(" did, divided by what the other did.</p>\n<div class=\"scroll\"><table><tr>");
    cell("th", "scenario");
    cell("th", "what");
    for (String label : labels) {
      cell("th", label);
      if (!label.equals(labels.get(0))) {
        cell("th", "ratio");
      }
    }
    out.append("</tr>\n");
  }

  private void scenario(String scenario, List<Result> results) {
    results.stream()
        .flatMap(result -> result.operations().stream())
        .map(Measured::name)
        .distinct()
        .forEach(what -> row(scenario, what, results));
  }

  private void row(String scenario, String what, List<Result> results) {
    out.append("<tr>");
    cell("td", scenario);
    cell("td", what);
    Optional<Measured> first = at(labels.get(0), what, results);
    for (String label : labels) {
      Optional<Measured> measured = at(label, what, results);
      cell("td", measured.map(Glance::text).orElse(""));
      if (!label.equals(labels.get(0))) {
        cell("td", measured.flatMap(its -> first.map(mine -> ratio(mine, its))).orElse(""));
      }
    }
    out.append("</tr>\n");
  }

  /** Of several runs of a server, the first. */
  private static Optional<Measured> at(String label, String what, List<Result> results) {
    List<Measured> found = new ArrayList<>();
    for (Result result : results) {
      if (result.label().equals(label)) {
        result.operation(what).ifPresent(found::add);
      }
    }
    return found.stream().findFirst();
  }

  private static String text(Measured measured) {
    return Text.number(measured.perSecond())
        + "/s · "
        + Text.ms(measured.latency().p50())
        + " · "
        + Text.ms(measured.latency().p99());
  }

  private static String ratio(Measured mine, Measured its) {
    return String.format(
        Locale.ROOT,
        "%.2f x · %.2f x · %.2f x",
        Ratio.of(mine.perSecond(), its.perSecond()),
        Ratio.of(mine.latency().p50(), its.latency().p50()),
        Ratio.of(mine.latency().p99(), its.latency().p99()));
  }

  private void cell(String element, String text) {
    out.append("<" + element + ">" + Text.escape(text) + "</" + element + ">");
  }
}
