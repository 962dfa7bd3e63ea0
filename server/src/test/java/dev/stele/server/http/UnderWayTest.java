package dev.stele.server.http;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.errorprone.annotations.CanIgnoreReturnValue;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

final class UnderWayTest {
  private static final int CROWD = 10;
  private static final int LINE = 4;

  private final AtomicLong clock = new AtomicLong();
  private final UnderWay underWay =
      new UnderWay(new UnderWay.Bounds(CROWD, LINE), clock::get, new SimpleMeterRegistry());

  @Test
  void crowd_thatComesAtOnce_isLetIn() {
    assertThat(enter(CROWD + 3)).isEqualTo(CROWD);
    assertThat(underWay.isFull()).isTrue();
  }

  @Test
  void crowd_thatIsSoonServed_mayComeAgain() {
    for (int second = 0; second < 5; second++) {
      assertThat(enter(CROWD)).isEqualTo(CROWD);
      leave(CROWD);
      secondPasses();
    }
  }

  @Test
  void line_thatLastsASecond_isKeptShort() {
    enter(CROWD);
    secondPasses();
    assertThat(underWay.isFull()).as("some began within that second").isTrue();
    secondPasses();
    leave(CROWD - LINE + 1);
    assertThat(enter(3)).isEqualTo(1);
  }

  @Test
  void line_asLongAsSomeAreRefused_isKeptShort() {
    enter(CROWD);
    secondPasses();
    secondPasses();
    leave(CROWD);
    assertThat(enter(CROWD)).isEqualTo(LINE);
    secondPasses();
    leave(LINE);
    assertThat(enter(CROWD)).as("some were refused within that second").isEqualTo(LINE);
  }

  @Test
  void crowd_onceNobodyIsRefusedForASecond_isLetInAgain() {
    enter(CROWD);
    secondPasses();
    secondPasses();
    leave(CROWD);
    secondPasses();
    assertThat(enter(CROWD)).isEqualTo(CROWD);
  }

  @Test
  void sweep_withinASecond_judgesNothing() {
    enter(CROWD);
    secondPasses();
    clock.addAndGet(TimeUnit.MILLISECONDS.toNanos(999));
    underWay.sweep();
    leave(CROWD - LINE);
    assertThat(underWay.isFull()).isFalse();
  }

  @CanIgnoreReturnValue
  private int enter(int requests) {
    int entered = 0;
    for (int i = 0; i < requests; i++) {
      entered += underWay.enter() ? 1 : 0;
    }
    return entered;
  }

  private void leave(int requests) {
    for (int i = 0; i < requests; i++) {
      underWay.leave();
    }
  }

  private void secondPasses() {
    clock.addAndGet(TimeUnit.SECONDS.toNanos(1));
    underWay.sweep();
  }
}
