package dev.stele.load.measure;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;

final class ProcessWatchTest {
  @Test
  @EnabledOnOs(OS.LINUX)
  void sample_thisProcess_hasMemoryAndTime() {
    ProcessWatch watch = ProcessWatch.of("me", ProcessHandle.current().pid());
    assertThat(watch.sample(-1).cores()).isZero();
    ProcessWatch.Sample sample = watch.sample(1);
    assertThat(sample.memoryMb()).isGreaterThan(10);
    assertThat(sample.treeMemoryMb()).isGreaterThanOrEqualTo(sample.memoryMb());
    assertThat(watch.watched().samples()).hasSize(2);
  }

  @Test
  @EnabledOnOs(OS.LINUX)
  void sample_childThatComesAndGoes_countsWhileItRuns() throws Exception {
    ProcessWatch watch = ProcessWatch.of("me", ProcessHandle.current().pid());
    Process child = new ProcessBuilder("sleep", "60").start();
    try {
      for (int second = 1; second < 20; second++) {
        ProcessWatch.Sample with = watch.sample(second);
        assertThat(with.treeMemoryMb()).isGreaterThan(with.memoryMb());
      }
    } finally {
      child.destroyForcibly().waitFor();
    }
    ProcessWatch.Sample without = watch.sample(20);
    assertThat(without.treeMemoryMb()).isEqualTo(without.memoryMb());
  }

  @Test
  void of_noSuchProcess_isRefused() {
    assertThatThrownBy(() -> ProcessWatch.of("none", Long.MAX_VALUE))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("expected: a running process");
  }
}
