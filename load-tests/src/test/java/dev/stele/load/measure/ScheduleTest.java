package dev.stele.load.measure;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;

final class ScheduleTest {
  private static long[] first(int count, long seed) {
    Schedule.OpenLoop schedule = new Schedule.OpenLoop(100, seed);
    return LongStream.generate(() -> schedule.next(5_000)).limit(count).toArray();
  }

  @Test
  void openLoop_sameSeed_isTheSame() {
    assertThat(first(50, 3)).isEqualTo(first(50, 3)).isNotEqualTo(first(50, 4));
  }

  @Test
  void openLoop_overTime_keepsItsRateAndOrder() {
    long[] times = first(10_000, 1);
    assertThat(times).isSorted();
    assertThat(times[0]).isGreaterThanOrEqualTo(5_000);
    assertThat((times[9_999] - 5_000) / 1e6).isCloseTo(100.0, within(5.0));
  }

  @Test
  void closedLoop_isDueAtOnce() {
    assertThat(new Schedule.ClosedLoop().next(42)).isEqualTo(42);
  }
}
