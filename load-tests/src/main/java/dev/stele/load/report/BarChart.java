package dev.stele.load.report;

import java.util.List;
import java.util.Locale;

/** One number for each of several servers, as SVG. */
record BarChart(String title, String unit, List<Bar> bars) {
  private static final int WIDTH = 400;
  private static final int LEFT = 112;
  private static final int RIGHT = 90;
  private static final int TOP = 34;
  private static final int ROW = 26;
  private static final int LONGEST_NAME = 15;

  /** A server's number. */
  record Bar(String name, int color, double value) {}

  String html() {
    int height = TOP + ROW * bars.size() + 6;
    double most = bars.stream().mapToDouble(Bar::value).max().orElse(1);
    StringBuilder out =
        new StringBuilder(
            "<figure><svg viewBox=\"0 0 %d %d\" role=\"img\" aria-label=\"%s\">"
                .formatted(WIDTH, height, Text.escape(title)));
    out.append("<text class=\"title\" x=\"8\" y=\"18\">%s</text>".formatted(Text.escape(title)));
    for (int i = 0; i < bars.size(); i++) {
      bar(out, bars.get(i), TOP + ROW * i, most);
    }
    return out.append("</svg></figure>\n").toString();
  }

  private void bar(StringBuilder out, Bar bar, int y, double most) {
    double width = most <= 0 ? 0 : bar.value() / most * (WIDTH - LEFT - RIGHT);
    String name =
        bar.name().length() <= LONGEST_NAME
            ? bar.name()
            : bar.name().substring(0, LONGEST_NAME - 1) + "…";
    out.append(
        String.format(
            Locale.ROOT,
            "<text class=\"tick\" x=\"%d\" y=\"%d\" text-anchor=\"end\">%s</text>"
                + "<rect class=\"bar c%d\" x=\"%d\" y=\"%d\" width=\"%.1f\" height=\"%d\"/>"
                + "<text class=\"tick\" x=\"%.1f\" y=\"%d\">%s %s</text>",
            LEFT - 8,
            y + 14,
            Text.escape(name),
            bar.color() % Series.COLORS,
            LEFT,
            y,
            Math.max(1, width),
            ROW - 8,
            LEFT + width + 6,
            y + 14,
            Text.number(bar.value()),
            Text.escape(unit)));
  }
}
