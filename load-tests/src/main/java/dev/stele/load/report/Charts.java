package dev.stele.load.report;

import dev.stele.load.measure.Figure;
import dev.stele.load.measure.Measured;
import dev.stele.load.measure.Operation;
import dev.stele.load.measure.ProcessWatch;
import java.util.ArrayList;
import java.util.List;
import java.util.function.ToDoubleFunction;

/**
 * The plots of one scenario. With one server, a plot shows all that was timed; with several, each
 * that was timed has a plot of its own, where the servers stand side by side.
 */
final class Charts {
  private static final double MOSTLY = 0.8;

  private final List<Result> results;
  private final StringBuilder out = new StringBuilder();

  private Charts(List<Result> results) {
    this.results = results;
  }

  static String html(List<Result> results) {
    Charts charts = new Charts(results.stream().filter(Result::served).toList());
    charts.draw();
    return charts.out.toString();
  }

  private void draw() {
    List<String> names =
        results.stream()
            .flatMap(result -> result.operations().stream())
            .map(Measured::name)
            .distinct()
            .toList();
    if (results.size() == 1) {
      draw("", names.stream().map(name -> new Drawn(results.get(0), name, name)).toList());
    } else {
      for (String name : names) {
        bars(name);
        draw(
            name + ": ",
            results.stream().map(result -> new Drawn(result, name, result.label())).toList());
      }
      figures();
    }
    processes();
  }

  /** A line: what was timed, at which server, and what the legend calls it. */
  private record Drawn(Result result, String operation, String name) {}

  private void draw(String prefix, List<Drawn> drawn) {
    percentiles(prefix, drawn);
    over(prefix + "throughput over time", "per second", drawn, Operation.Point::perSecond);
    over(prefix + "p99 over time", "ms", drawn, Operation.Point::p99);
  }

  private void percentiles(String prefix, List<Drawn> drawn) {
    List<Series> lines = new ArrayList<>();
    for (Drawn line : drawn) {
      List<Series.Point> points =
          line.result().operation(line.operation()).stream()
              .flatMap(measured -> measured.latency().curve().stream())
              .map(q -> new Series.Point(Axis.nines(q.percent()), Math.max(q.ms(), 0.01)))
              .toList();
      add(lines, line.name(), drawn.indexOf(line), false, points);
    }
    if (!lines.isEmpty()) {
      double furthest = max(lines, Series.Point::x);
      Axis across = Axis.percentiles(100 * (1 - Math.pow(10, -furthest)));
      Axis up = Axis.logarithmic("ms", min(lines, Series.Point::y), max(lines, Series.Point::y));
      out.append(new LineChart(prefix + "latency by percentile", across, up, lines).html());
    }
  }

  private void over(
      String title, String unit, List<Drawn> drawn, ToDoubleFunction<Operation.Point> value) {
    List<Series> lines = new ArrayList<>();
    for (Drawn line : drawn) {
      List<Series.Point> points =
          line.result().operation(line.operation()).stream()
              .flatMap(measured -> measured.timeline().stream())
              .map(point -> new Series.Point(point.second(), value.applyAsDouble(point)))
              .toList();
      add(lines, line.name(), drawn.indexOf(line), false, points);
    }
    time(title, unit, lines);
  }

  private void processes() {
    process(
        "memory over time (dashed: with children)",
        "MB",
        ProcessWatch.Sample::memoryMb,
        ProcessWatch.Sample::treeMemoryMb);
    process(
        "processor over time (dashed: with children)",
        "cores",
        ProcessWatch.Sample::cores,
        ProcessWatch.Sample::treeCores);
  }

  private void process(
      String title,
      String unit,
      ToDoubleFunction<ProcessWatch.Sample> alone,
      ToDoubleFunction<ProcessWatch.Sample> tree) {
    List<Series> lines = new ArrayList<>();
    int color = 0;
    for (Result result : results) {
      for (ProcessWatch.Watched process : result.processes()) {
        String name = results.size() == 1 ? process.name() : result.label() + ", " + process.name();
        boolean parent = ofChildren(process) > 0;
        if (ofChildren(process) < MOSTLY) {
          add(lines, name, color, false, points(process, alone));
        }
        if (parent) {
          add(lines, name + " with children", color, true, points(process, tree));
        }
        color++;
      }
    }
    time(title, unit, lines);
  }

  /** Which part of the memory is that of children; what is nearly all is drawn alone. */
  private static double ofChildren(ProcessWatch.Watched process) {
    ToDoubleFunction<ProcessWatch.Sample> alone = ProcessWatch.Sample::memoryMb;
    double own = process.samples().stream().mapToDouble(alone).sum();
    double all = process.samples().stream().mapToDouble(ProcessWatch.Sample::treeMemoryMb).sum();
    return all <= 0 ? 0 : 1 - own / all;
  }

  private static List<Series.Point> points(
      ProcessWatch.Watched process, ToDoubleFunction<ProcessWatch.Sample> value) {
    return process.samples().stream()
        .map(sample -> new Series.Point(sample.second(), value.applyAsDouble(sample)))
        .toList();
  }

  private void bars(String name) {
    out.append("<div class=\"bars\">");
    bars(name + ": per second", "/s", name, Measured::perSecond);
    bars(name + ": p50", "ms", name, measured -> measured.latency().p50());
    bars(name + ": p99", "ms", name, measured -> measured.latency().p99());
    out.append("</div>\n");
  }

  private void bars(String title, String unit, String name, ToDoubleFunction<Measured> value) {
    List<BarChart.Bar> bars = new ArrayList<>();
    for (int i = 0; i < results.size(); i++) {
      Result result = results.get(i);
      int color = i;
      result
          .operation(name)
          .ifPresent(
              measured ->
                  bars.add(new BarChart.Bar(result.label(), color, value.applyAsDouble(measured))));
    }
    out.append(new BarChart(title, unit, bars).html());
  }

  private void figures() {
    List<String> names =
        results.stream().flatMap(result -> result.figures().keySet().stream()).distinct().toList();
    out.append("<div class=\"bars\">");
    for (String name : names) {
      List<BarChart.Bar> bars = new ArrayList<>();
      String unit = "";
      for (int i = 0; i < results.size(); i++) {
        Figure figure = results.get(i).figures().get(name);
        if (figure != null) {
          unit = figure.unit();
          bars.add(new BarChart.Bar(results.get(i).label(), i, figure.value()));
        }
      }
      out.append(new BarChart(name, unit, bars).html());
    }
    out.append("</div>\n");
  }

  private static void add(
      List<Series> lines, String name, int color, boolean dashed, List<Series.Point> points) {
    if (!points.isEmpty()) {
      lines.add(new Series(name, color, dashed, Series.thinned(points)));
    }
  }

  private void time(String title, String unit, List<Series> lines) {
    if (!lines.isEmpty()) {
      Axis across =
          Axis.exact(
              "seconds", Math.min(0, min(lines, Series.Point::x)), max(lines, Series.Point::x));
      Axis up = Axis.linear(unit, 0, max(lines, Series.Point::y));
      out.append(new LineChart(title, across, up, lines).html());
    }
  }

  private static double max(List<Series> lines, ToDoubleFunction<Series.Point> value) {
    return lines.stream().flatMap(l -> l.points().stream()).mapToDouble(value).max().orElse(1);
  }

  private static double min(List<Series> lines, ToDoubleFunction<Series.Point> value) {
    return lines.stream().flatMap(l -> l.points().stream()).mapToDouble(value).min().orElse(0);
  }
}
