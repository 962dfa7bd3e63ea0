package dev.stele.load.report;

import static org.assertj.core.api.Assertions.assertThat;

import dev.stele.load.measure.Check;
import dev.stele.load.measure.GeneratorLoad;
import dev.stele.load.measure.Meter;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

final class RatioTest {

  /** So many sends in a second, of so many milliseconds each. */
  private static Result result(String server, int sends, int ms) {
    Meter meter = new Meter();
    meter.window().begin(0);
    for (int i = 0; i < sends; i++) {
      meter.operation("send").finished(0, ms * 1000L);
    }
    return Result.of(
        new Result.Subject("send", server, server, "http://127.0.0.1:1"),
        Map.of(),
        new Result.Outcome(
            1,
            meter.measured(1),
            meter.lag().measured(1),
            new GeneratorLoad(() -> 0),
            Map.of(),
            Map.of(),
            Check.NOTHING,
            Map.of(),
            0,
            List.of(),
            List.of()));
  }

  @Test
  void all_bareServerFarAbove_saysThatTheGeneratorKeepsUp() {
    assertThat(Ratio.all(List.of(result("Stele", 10, 4), result("bare Vert.x", 60, 1))))
        .contains(
            "ceiling: this generator drove 6.0 x the send of Stele at the bare server on this"
                + " machine: it can keep up");
  }

  @Test
  void all_bareServerNotFarAbove_saysThatItMayBeTheGenerator() {
    assertThat(Ratio.all(List.of(result("Stele", 10, 4), result("bare Vert.x", 20, 1))))
        .anyMatch(line -> line.endsWith("part of the time may be the generator's"));
  }

  @Test
  void all_sameRate_comparesTimes() {
    assertThat(Ratio.all(List.of(result("Stele", 10, 4), result("bare Vert.x", 10, 1))))
        .anyMatch(
            line ->
                line.startsWith("ceiling: at the same rate of send, the bare server took 0.25"));
  }

  @Test
  void all_twoHomeservers_saysNothingOfCeilings() {
    assertThat(Ratio.all(List.of(result("Stele", 10, 4), result("Other", 5, 8))))
        .containsExactly("Stele / Other: send 2.00 x per second, p50 0.50 x, p99 0.50 x");
  }
}
