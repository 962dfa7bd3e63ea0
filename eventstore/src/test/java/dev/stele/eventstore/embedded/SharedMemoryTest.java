package dev.stele.eventstore.embedded;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** How much memory the embedded PostgreSQL may keep pages in. */
final class SharedMemoryTest {
  private static final long GIGABYTE = 1L << 30;

  @ParameterizedTest
  @CsvSource({"0, 64MB", "1, 64MB", "4, 128MB", "8, 256MB", "256, 256MB"})
  void of_aMachine_isAShareWithinBounds(long gigabytes, String expected) {
    assertThat(SharedMemory.of(gigabytes * GIGABYTE)).isEqualTo(expected);
  }
}
