package dev.stele.load.report;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.stele.load.report.Series.Point;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

final class SeriesTest {
  private static List<Point> seconds(int count) {
    return IntStream.range(0, count).mapToObj(second -> new Point(second, 2.0 * second)).toList();
  }

  @Test
  void thinned_halfAnHour_keepsItsCourse() {
    List<Point> thinned = Series.thinned(seconds(1_800));
    assertThat(thinned).hasSize(240);
    assertThat(thinned)
        .allSatisfy(point -> assertThat(point.y()).isCloseTo(2 * point.x(), within(1e-9)));
    assertThat(thinned.get(0).x()).isLessThan(10);
    assertThat(thinned.get(239).x()).isGreaterThan(1_790);
  }

  @Test
  void thinned_fewPoints_areAllKept() {
    assertThat(Series.thinned(seconds(60))).isEqualTo(seconds(60));
  }
}
