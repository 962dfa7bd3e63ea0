package dev.stele.stateres.fuzz;

import com.code_intelligence.jazzer.junit.FuzzTest;
import java.util.stream.LongStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Targets for Jazzer, in the profile {@code fuzz}. Each runs over its seeds only; with {@code
 * JAZZER_FUZZ=1} one named on the command line searches, guided by coverage: see the module's
 * README. The build itself searches around valid input: {@link MutationPropertiesTest}.
 */
@Tag("fuzz")
final class CoverageGuidedTest {

  static Stream<Arguments> events() {
    return LongStream.range(0, 20).mapToObj(seed -> Arguments.of(Mutations.event(seed)));
  }

  static Stream<Arguments> rooms() {
    return LongStream.range(0, 20).mapToObj(seed -> Arguments.of(Mutations.room(seed)));
  }

  @MethodSource("events")
  @FuzzTest(maxDuration = "10m")
  void parse(byte[] bytes) {
    FuzzTargets.parse(bytes);
  }

  @MethodSource("events")
  @FuzzTest(maxDuration = "10m")
  void redact(byte[] bytes) {
    FuzzTargets.redact(bytes);
  }

  @MethodSource("rooms")
  @FuzzTest(maxDuration = "10m")
  void auth(byte[] bytes) {
    FuzzTargets.auth(bytes);
  }

  @MethodSource("rooms")
  @FuzzTest(maxDuration = "10m")
  void resolve(byte[] bytes) {
    FuzzTargets.resolve(bytes);
  }
}
