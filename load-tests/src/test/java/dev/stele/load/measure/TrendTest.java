package dev.stele.load.measure;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.stele.load.measure.Trend.Seen;
import java.util.List;
import java.util.function.IntToDoubleFunction;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

final class TrendTest {
  private static List<Seen> minute(IntToDoubleFunction value) {
    return IntStream.rangeClosed(0, 60)
        .mapToObj(second -> new Seen(second, value.applyAsDouble(second)))
        .toList();
  }

  @Test
  void of_steadyRise_tellsHowMuch() {
    Trend trend = Trend.of(minute(second -> 100 + second)).orElseThrow();
    assertThat(trend.change()).isCloseTo(60, within(1e-6));
    assertThat(trend.typical()).isEqualTo(130);
    assertThat(trend.isFlat(0.25, 8)).isFalse();
  }

  @Test
  void of_outliers_isNotBent() {
    Trend trend = Trend.of(minute(second -> second % 20 == 19 ? 5_000 : 10)).orElseThrow();
    assertThat(trend.change()).isZero();
    assertThat(trend.isFlat(0, 0)).isTrue();
  }

  @Test
  void of_fall_isFlat() {
    assertThat(Trend.of(minute(second -> 100 - second)).orElseThrow().isFlat(0, 0)).isTrue();
  }

  @Test
  void of_few_isNone() {
    assertThat(Trend.of(minute(second -> 1).subList(0, 11))).isEmpty();
  }
}
