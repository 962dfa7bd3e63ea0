package dev.stele.load.measure;

import static org.assertj.core.api.Assertions.assertThat;

import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

final class GeneratorLoadTest {
  private static final long BUSY_NANOS = 60_000_000;

  private final AtomicLong answers = new AtomicLong(1_000);

  private static void compute() {
    ThreadMXBean threads = ManagementFactory.getThreadMXBean();
    long until = threads.getCurrentThreadCpuTime() + BUSY_NANOS;
    while (threads.getCurrentThreadCpuTime() < until) {
      Thread.onSpinWait();
    }
  }

  @Test
  void microsPerAnswer_afterWork_isThatOfTheAnswersSinceItBegan() {
    GeneratorLoad load = new GeneratorLoad(answers::get);
    compute();
    load.begin();
    compute();
    answers.addAndGet(10);
    load.end();
    assertThat(load.microsPerAnswer()).isGreaterThan(4_000);
    assertThat(load.cores()).isPositive();
    double told = load.microsPerAnswer();
    compute();
    assertThat(load.microsPerAnswer()).isEqualTo(told);
  }

  @Test
  void microsPerAnswer_noAnswer_isNone() {
    GeneratorLoad load = new GeneratorLoad(answers::get);
    load.end();
    assertThat(load.microsPerAnswer()).isZero();
  }
}
