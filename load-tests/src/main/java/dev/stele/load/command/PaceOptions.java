package dev.stele.load.command;

import dev.stele.load.scenario.Pace;
import java.time.Duration;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** How much and how long. */
final class PaceOptions {
  static final double SECONDS = 15;

  @Option(names = "--warm-up", paramLabel = "SECONDS", description = "Before measuring. Default: 5")
  double warmUp = 5;

  @Option(
      names = "--seconds",
      paramLabel = "SECONDS",
      description = "To measure. Default: 15, unless the command says otherwise")
  @Nullable Double seconds;

  @Option(
      names = "--catch-up",
      paramLabel = "SECONDS",
      description = "That listeners may need at the end. Default: 10")
  double catchUp = 10;

  @Option(
      names = "--max-count",
      paramLabel = "N",
      description = "End early after N acts, such as messages. Default: 10000000")
  long maxCount = 10_000_000;

  @Option(
      names = "--rate",
      paramLabel = "PER_SECOND",
      description =
          "Acts a second by all together, at seeded random times that no answer delays (open"
              + " loop); 0 for as many as the server answers, each user's next when the last is"
              + " answered (closed loop). The default is the command's, see above")
  @Nullable Double rate;

  @Option(
      names = "--text",
      paramLabel = "LENGTH",
      description = "Characters in a message. Default: 80")
  int text = 80;

  @Option(
      names = "--seed",
      paramLabel = "N",
      description = "Decides texts, schedules and choices. Default: 1")
  long seed = 1;

  @Option(
      names = "--check",
      description =
          "Verify also what costs something: listeners where there are none, the content of"
              + " every answer. What listeners hear is always checked.")
  boolean check;

  Pace pace(double defaultRate) {
    return pace(rate == null ? defaultRate : rate, seconds == null ? SECONDS : seconds);
  }

  /** All but rate and time as it was asked for. */
  Pace pace(double newRate, double newSeconds) {
    return new Pace(
        duration(warmUp),
        duration(newSeconds),
        duration(catchUp),
        maxCount,
        newRate,
        text,
        seed,
        check);
  }

  private static Duration duration(double seconds) {
    if (!(seconds >= 0 && seconds <= 7 * 86_400)) {
      throw new IllegalArgumentException("seconds: " + seconds + " (expected: 0..604800)");
    }
    return Duration.ofMillis(Math.round(seconds * 1000));
  }
}
