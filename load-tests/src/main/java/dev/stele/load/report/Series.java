package dev.stele.load.report;

import java.util.List;
import java.util.stream.IntStream;

/**
 * A line of a plot.
 *
 * @param name in the legend
 * @param color its number in the palette
 * @param dashed whether it is drawn apart from another one of its color
 * @param points from left to right
 */
record Series(String name, int color, boolean dashed, List<Point> points) {
  /** How many colors there are. */
  static final int COLORS = 8;

  private static final int MOST_POINTS = 240;

  /** A place, in the units of the axes. */
  record Point(double x, double y) {}

  /** As many points as a plot can show: of a long run, the mean of several stands for them. */
  static List<Point> thinned(List<Point> points) {
    if (points.size() <= MOST_POINTS) {
      return points;
    }
    return IntStream.range(0, MOST_POINTS)
        .mapToObj(
            i ->
                mean(
                    points.subList(
                        i * points.size() / MOST_POINTS, (i + 1) * points.size() / MOST_POINTS)))
        .toList();
  }

  private static Point mean(List<Point> part) {
    return new Point(
        part.stream().mapToDouble(Point::x).average().orElse(0),
        part.stream().mapToDouble(Point::y).average().orElse(0));
  }
}
