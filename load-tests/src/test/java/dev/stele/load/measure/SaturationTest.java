package dev.stele.load.measure;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Iterator;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

final class SaturationTest {
  private static final Saturation<Double> SATURATION = new Saturation<>(speed -> speed > 0, s -> s);

  @Test
  void find_serverThatWarmsUp_goesOnUntilItIsTwiceNoFaster() throws Exception {
    Iterator<Double> seen = List.of(3.0, 4.0, 4.1, 6.0, 6.2, 5.9, 9.0).iterator();
    assertThat(SATURATION.find(seen::next)).isEqualTo(6.0);
    assertThat(seen.next()).isEqualTo(9.0);
  }

  @Test
  void find_serverThatGetsEverFaster_ends() throws Exception {
    Iterator<Double> seen = Stream.iterate(1.0, speed -> speed * 2).iterator();
    assertThat(SATURATION.find(seen::next)).isEqualTo(2048.0);
  }

  @Test
  void find_measurementThatFails_isTheResult() throws Exception {
    assertThat(SATURATION.find(List.of(3.0, -1.0, 9.0).iterator()::next)).isEqualTo(-1.0);
    assertThat(SATURATION.find(List.of(-2.0, 9.0).iterator()::next)).isEqualTo(-2.0);
  }
}
