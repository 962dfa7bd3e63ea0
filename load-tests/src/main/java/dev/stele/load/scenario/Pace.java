package dev.stele.load.scenario;

import java.time.Duration;

/**
 * How much and how long, for any scenario.
 *
 * @param warmUp how long the load runs before it is measured
 * @param duration how long it is measured
 * @param catchUp how long listeners may take at the end to hear what they have not heard yet
 * @param maxCount after how many acts, such as messages, the load ends early, warm-up included
 * @param rate acts a second by all together, on a schedule that does not wait for answers; 0 to act
 *     again as soon as the last act is over
 * @param textLength characters in a message's text
 * @param seed decides all that is random
 * @param check whether to verify also what costs the server or this program something
 */
public record Pace(
    Duration warmUp,
    Duration duration,
    Duration catchUp,
    long maxCount,
    double rate,
    int textLength,
    long seed,
    boolean check) {
  public Pace {
    requireAtLeast("text", textLength, 1);
    requireAtLeast("max-count", maxCount, 1);
    if (!(rate >= 0 && rate <= 1e6)) {
      throw new IllegalArgumentException("rate: " + rate + " (expected: 0..1000000)");
    }
  }

  /** Refuses a setting that is too small. */
  static void requireAtLeast(String name, long value, long least) {
    if (value < least) {
      throw new IllegalArgumentException("%s: %d (expected: >= %d)".formatted(name, value, least));
    }
  }
}
