package dev.stele.server.http;

import static org.assertj.core.api.Assertions.assertThat;

import dev.stele.api.RateClass;
import dev.stele.server.http.RateLimits.Allowance;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

final class RateLimiterTest {
  private static final String ALICE = "@alice:hs";

  private final AtomicLong now = new AtomicLong(-5);
  private final RateLimiter limiter =
      new RateLimiter(
          new RateLimits(
              true,
              Map.of(
                  RateClass.MESSAGE, new Allowance(2, 3), RateClass.LOGIN, new Allowance(0.1, 1))),
          now::get);

  private void passMillis(long millis) {
    now.addAndGet(TimeUnit.MILLISECONDS.toNanos(millis));
  }

  private int takeAll() {
    int taken = 0;
    while (limiter.take(RateClass.MESSAGE, ALICE) == 0) {
      taken++;
    }
    return taken;
  }

  @Test
  void take_withinTheBurst_isAllowed() {
    assertThat(takeAll()).isEqualTo(3);
  }

  @Test
  void take_usedUp_tellsWhenTheNextMay() {
    takeAllOfIt();
    long delay = limiter.take(RateClass.MESSAGE, ALICE);
    assertThat(delay).isEqualTo(500);
    passMillis(delay - 1);
    assertThat(limiter.take(RateClass.MESSAGE, ALICE)).isEqualTo(1);
    passMillis(1);
    assertThat(limiter.take(RateClass.MESSAGE, ALICE)).isZero();
  }

  @Test
  void take_afterAWhile_isFullAgainAndNotFuller() {
    takeAllOfIt();
    passMillis(60_000);
    assertThat(takeAll()).isEqualTo(3);
  }

  @Test
  void take_otherSubjectOrClass_isCountedApart() {
    takeAllOfIt();
    assertThat(limiter.take(RateClass.MESSAGE, "@bob:hs")).isZero();
    assertThat(limiter.take(RateClass.LOGIN, ALICE)).isZero();
    assertThat(limiter.take(RateClass.LOGIN, ALICE)).isEqualTo(10_000);
  }

  @Test
  void take_classWithoutAllowance_isNeverRefused() {
    for (int i = 0; i < 10_000; i++) {
      assertThat(limiter.take(RateClass.JOIN, ALICE)).isZero();
    }
  }

  @Test
  void take_limitsOff_isNeverRefused() {
    var off = new RateLimiter(RateLimits.off(), now::get);
    for (int i = 0; i < 10_000; i++) {
      assertThat(off.take(RateClass.LOGIN, ALICE)).isZero();
    }
  }

  private void takeAllOfIt() {
    assertThat(takeAll()).isPositive();
  }
}
