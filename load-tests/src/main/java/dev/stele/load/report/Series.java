package dev.stele.load.report;

import java.util.List;

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

  /** A place, in the units of the axes. */
  record Point(double x, double y) {}
}
