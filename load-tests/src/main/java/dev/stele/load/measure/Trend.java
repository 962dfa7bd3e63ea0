package dev.stele.load.measure;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Where a figure is going that is seen again and again: the median of all slopes between the
 * medians of equal parts of the time, which single outliers do not bend.
 *
 * @param typical the median of all values
 * @param change how much it rose from the first to the last of them
 * @param seconds how long that took
 */
public record Trend(double typical, double change, double seconds) {
  private static final int PARTS = 12;
  private static final int LEAST_PARTS = 4;
  private static final int PER_PART = 3;

  /** A value at a time, in seconds. */
  public record Seen(double second, double value) {}

  /** The trend of values in the order of their times; empty when there are too few. */
  public static Optional<Trend> of(List<Seen> seen) {
    int parts = Math.min(PARTS, seen.size() / PER_PART);
    if (parts < LEAST_PARTS) {
      return Optional.empty();
    }
    List<Seen> medians = new ArrayList<>();
    for (int i = 0; i < parts; i++) {
      medians.add(middle(seen.subList(i * seen.size() / parts, (i + 1) * seen.size() / parts)));
    }
    double seconds = seen.get(seen.size() - 1).second() - seen.get(0).second();
    double typical = median(seen.stream().map(Seen::value).toList());
    return Optional.of(new Trend(typical, slope(medians) * seconds, seconds));
  }

  /** Whether it rises by no more than a part of what it is, or by what never matters. */
  public boolean isFlat(double share, double always) {
    return change <= Math.max(share * typical, always);
  }

  private static Seen middle(List<Seen> part) {
    return new Seen(
        median(part.stream().map(Seen::second).toList()),
        median(part.stream().map(Seen::value).toList()));
  }

  private static double slope(List<Seen> medians) {
    List<Double> slopes = new ArrayList<>();
    for (int i = 0; i < medians.size(); i++) {
      for (int j = i + 1; j < medians.size(); j++) {
        double seconds = medians.get(j).second() - medians.get(i).second();
        slopes.add((medians.get(j).value() - medians.get(i).value()) / seconds);
      }
    }
    return median(slopes);
  }

  private static double median(List<Double> values) {
    List<Double> sorted = values.stream().sorted().toList();
    int half = sorted.size() / 2;
    return sorted.size() % 2 == 1
        ? sorted.get(half)
        : (sorted.get(half - 1) + sorted.get(half)) / 2;
  }
}
