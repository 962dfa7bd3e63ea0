package dev.stele.load.report;

import dev.stele.load.measure.Measured;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Collectors;

/** Runs as one page with plots, which needs no network and no other file. */
public final class HtmlReport {
  private final List<RunFile> runs;
  private final StringBuilder out = new StringBuilder();

  private HtmlReport(List<RunFile> runs) {
    this.runs = runs;
  }

  /** Writes the page. */
  public static void write(List<RunFile> runs, Path file) throws IOException {
    HtmlReport report = new HtmlReport(runs);
    report.page();
    Files.writeString(file, report.out, StandardCharsets.UTF_8);
  }

  private void page() {
    Map<String, List<Result>> scenarios = scenarios();
    String title = "Load tests: " + String.join(", ", scenarios.keySet());
    out.append("<!DOCTYPE html>\n<html lang=\"en\"><head><meta charset=\"utf-8\">\n")
        .append("<meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">\n")
        .append("<title>" + Text.escape(title) + "</title>\n")
        .append("<style>\n" + style() + "</style></head><body>\n")
        .append("<h1>" + Text.escape(title) + "</h1>\n");
    distinct(runs.stream().map(run -> run.machine().text()).toList(), "soft");
    notes();
    out.append(Glance.html(scenarios));
    scenarios.forEach(this::section);
    commands();
    out.append("</body></html>\n");
  }

  /** What was measured of each scenario, with one name for each run of a server. */
  private Map<String, List<Result>> scenarios() {
    return runs.stream()
        .flatMap(run -> run.results().stream())
        .collect(Collectors.groupingBy(Result::scenario, LinkedHashMap::new, Collectors.toList()));
  }

  private void notes() {
    Set<String> notes = new LinkedHashSet<>();
    runs.forEach(run -> notes.addAll(run.notes()));
    if (!notes.isEmpty()) {
      out.append("<ul>");
      notes.forEach(note -> out.append("<li>" + Text.escape(note) + "</li>\n"));
      out.append("</ul>\n");
    }
  }

  private void section(String scenario, List<Result> results) {
    List<Result> named = Labels.distinct(results);
    out.append("<h2>" + Text.escape(scenario) + "</h2>\n");
    distinct(named.stream().map(HtmlReport::settings).toList(), "soft");
    table(named);
    named.forEach(this::remarks);
    distinct(Ratio.all(named), "ratio");
    out.append("<div class=\"plots\">\n" + Charts.html(named) + "</div>\n");
  }

  private static String settings(Result result) {
    return result.settings().entrySet().stream()
        .map(setting -> setting.getKey() + " " + setting.getValue())
        .collect(Collectors.joining(", "));
  }

  private void table(List<Result> results) {
    out.append("<div class=\"scroll\"><table><tr>");
    List<String> heads =
        List.of(
            "server",
            "what",
            "per second",
            "count",
            "mean ms",
            "p50",
            "p90",
            "p99",
            "p99.9",
            "max");
    heads.forEach(head -> out.append("<th>" + head + "</th>"));
    out.append("</tr>\n");
    for (Result result : results) {
      result.operations().forEach(measured -> row(result.label(), measured));
    }
    out.append("</table></div>\n");
  }

  private void row(String label, Measured measured) {
    cells(
        List.of(
            label,
            measured.name(),
            Text.number(measured.perSecond()),
            String.format(Locale.ROOT, "%,d", measured.count()),
            Text.ms(measured.latency().mean()),
            Text.ms(measured.latency().p50()),
            Text.ms(measured.latency().p90()),
            Text.ms(measured.latency().p99()),
            Text.ms(measured.latency().p999()),
            Text.ms(measured.latency().max())));
  }

  private void cells(List<String> cells) {
    out.append("<tr>");
    cells.forEach(cell -> out.append("<td>" + Text.escape(cell) + "</td>"));
    out.append("</tr>\n");
  }

  private void remarks(Result result) {
    out.append("<p><b>" + Text.escape(result.label()) + "</b>");
    if (!result.server().isEmpty() && !result.server().equals(result.label())) {
      out.append(" <span class=\"soft\">" + Text.escape(result.server()) + "</span>");
    }
    out.append(" <span class=\"soft\">" + Text.escape(result.date()) + "</span>");
    for (Remark remark : Remark.of(result)) {
      out.append(
          "<br><span class=\"" + remark.mood() + "\">" + Text.escape(remark.text()) + "</span>");
    }
    out.append("</p>\n");
  }

  private void commands() {
    out.append("<h2>How this was measured</h2>\n");
    out.append("<p>Stele's load-tests, over the public client-server API:</p>\n");
    distinct(runs.stream().map(run -> "load-tests " + run.command()).toList(), "soft");
  }

  private void distinct(List<String> lines, String style) {
    lines.stream()
        .distinct()
        .filter(line -> !line.isBlank())
        .forEach(line -> out.append("<p class=\"" + style + "\">" + Text.escape(line) + "</p>\n"));
  }

  private static String style() {
    try (InputStream css = HtmlReport.class.getResourceAsStream("report.css")) {
      return new String(
          Objects.requireNonNull(css, "report.css").readAllBytes(), StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
