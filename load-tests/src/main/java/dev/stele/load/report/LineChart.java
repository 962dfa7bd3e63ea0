package dev.stele.load.report;

import java.util.List;
import java.util.Locale;

/** Lines over an axis, as SVG. */
record LineChart(String title, Axis across, Axis up, List<Series> series) {
  private static final int WIDTH = 560;
  private static final int HEIGHT = 300;
  private static final int LEFT = 62;
  private static final int RIGHT = 26;
  private static final int TOP = 30;
  private static final int BOTTOM = 42;

  /** The picture, with its legend below it. */
  String html() {
    StringBuilder out = new StringBuilder("<figure>");
    out.append(
        "<svg viewBox=\"0 0 %d %d\" role=\"img\" aria-label=\"%s\">"
            .formatted(WIDTH, HEIGHT, Text.escape(title)));
    text(out, LEFT, 18, "title", "start", title);
    grid(out);
    series.forEach(line -> line(out, line));
    out.append("</svg><figcaption>");
    series.forEach(line -> legend(out, line));
    return out.append("</figcaption></figure>\n").toString();
  }

  private void grid(StringBuilder out) {
    for (double tick : up.ticks()) {
      double y = y(tick);
      rule(out, LEFT, y, (double) WIDTH - RIGHT, y);
      text(out, LEFT - 6, y + 4, "tick", "end", up.label().apply(tick));
    }
    for (double tick : across.ticks()) {
      double x = x(tick);
      rule(out, x, TOP, x, (double) HEIGHT - BOTTOM);
      text(out, x, HEIGHT - BOTTOM + 16, "tick", "middle", across.label().apply(tick));
    }
    text(out, WIDTH - RIGHT, HEIGHT - 8, "axis", "end", across.title());
    text(out, WIDTH - RIGHT, 18, "axis", "end", up.title());
  }

  private void line(StringBuilder out, Series line) {
    StringBuilder path = new StringBuilder();
    for (Series.Point point : line.points()) {
      path.append(
          String.format(
              Locale.ROOT, "%s%.1f %.1f", path.isEmpty() ? "M" : "L", x(point.x()), y(point.y())));
    }
    out.append(
        "<path class=\"line c%d%s\" d=\"%s\"/>"
            .formatted(line.color() % Series.COLORS, line.dashed() ? " dashed" : "", path));
    for (Series.Point point : line.points()) {
      out.append(
          String.format(
              Locale.ROOT,
              "<circle class=\"dot c%d\" cx=\"%.1f\" cy=\"%.1f\" r=\"5\"><title>%s: %s</title></circle>",
              line.color() % Series.COLORS,
              x(point.x()),
              y(point.y()),
              Text.escape(line.name()),
              Text.number(point.y())));
    }
  }

  private static void legend(StringBuilder out, Series line) {
    out.append(
        "<span><i class=\"key c%d%s\"></i>%s</span> "
            .formatted(
                line.color() % Series.COLORS,
                line.dashed() ? " dashed" : "",
                Text.escape(line.name())));
  }

  private static void rule(StringBuilder out, double x1, double y1, double x2, double y2) {
    out.append(
        String.format(
            Locale.ROOT,
            "<line class=\"grid\" x1=\"%.1f\" y1=\"%.1f\" x2=\"%.1f\" y2=\"%.1f\"/>",
            x1,
            y1,
            x2,
            y2));
  }

  private static void text(
      StringBuilder out, double x, double y, String kind, String anchor, String text) {
    out.append(
        String.format(
            Locale.ROOT,
            "<text class=\"%s\" x=\"%.1f\" y=\"%.1f\" text-anchor=\"%s\">%s</text>",
            kind,
            x,
            y,
            anchor,
            Text.escape(text)));
  }

  private double x(double value) {
    return LEFT + across.place(value) * (WIDTH - LEFT - RIGHT);
  }

  private double y(double value) {
    return HEIGHT - BOTTOM - up.place(value) * (HEIGHT - TOP - BOTTOM);
  }
}
