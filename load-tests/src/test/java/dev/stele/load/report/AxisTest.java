package dev.stele.load.report;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

final class AxisTest {
  @Test
  void linear_ticks_areRound() {
    assertThat(Axis.exact("s", 0, 30).ticks()).containsExactly(0.0, 10.0, 20.0, 30.0);
  }

  @Test
  void logarithmic_ticks_arePowersOfTen() {
    assertThat(Axis.logarithmic("ms", 0.3, 40).ticks()).hasSize(4);
    assertThat(Axis.logarithmic("ms", 1, 100).place(10)).isEqualTo(0.5);
  }

  @Test
  void percentiles_labels_countNines() {
    Axis axis = Axis.percentiles(99.9);
    assertThat(axis.ticks().stream().map(tick -> axis.label().apply(tick)))
        .contains("0 %", "90 %", "99 %", "99.9 %");
    assertThat(axis.place(Axis.nines(99)))
        .isCloseTo(2 / 3.0, org.assertj.core.data.Offset.offset(1e-9));
  }
}
