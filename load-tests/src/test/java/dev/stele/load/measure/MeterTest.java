package dev.stele.load.measure;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

final class MeterTest {
  private final Meter meter = new Meter();

  @Test
  void finished_withinTheWindow_counts() {
    meter.window().begin(1_000);
    meter.window().end(3_000);
    Operation send = meter.operation("send");
    send.finished(0, 900);
    send.finished(0, 1_500);
    send.finished(2_500, 3_500);
    Measured measured = meter.measured(2).get(0);
    assertThat(measured.count()).isEqualTo(1);
    assertThat(measured.perSecond()).isEqualTo(0.5);
    assertThat(measured.latency().max()).isEqualTo(1.5);
    assertThat(send.soFar()).isEqualTo(3);
  }

  @Test
  void began_withinTheWindow_countsWheneverItEnds() {
    meter.window().begin(1_000);
    meter.window().end(3_000);
    Operation delivery = meter.operation("delivery");
    delivery.began(900, 2_000);
    delivery.began(2_500, 9_000);
    assertThat(meter.measured(1).get(0).count()).isEqualTo(1);
  }

  @Test
  void point_eachSecond_dividesTheTimeline() {
    meter.window().begin(0);
    Operation send = meter.operation("send");
    send.finished(0, 2_000);
    send.finished(0, 4_000);
    meter.point(1);
    send.finished(0, 8_000);
    meter.point(3);
    List<Operation.Point> timeline = meter.measured(3).get(0).timeline();
    assertThat(timeline).extracting(Operation.Point::perSecond).containsExactly(2.0, 0.5);
    assertThat(meter.measured(3).get(0).count()).isEqualTo(3);
  }

  @Test
  void failed_beforeTheWindow_countsAsWell() {
    meter.failed("send: M_UNKNOWN");
    meter.failed("send: M_UNKNOWN");
    assertThat(meter.failures()).isEqualTo(Map.of("send: M_UNKNOWN", 2L));
  }

  @Test
  void measured_whatNeverHappened_isLeftOut() {
    assertThat(meter.operation("send").soFar()).isZero();
    assertThat(meter.measured(1)).isEmpty();
  }
}
