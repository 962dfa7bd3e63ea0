package dev.stele.load.measure;

import java.util.SplittableRandom;

/**
 * When somebody is due to act. An open-loop schedule is fixed from the start and does not wait for
 * the server, so that the delay which one slow answer causes to what is due behind it is measured.
 */
public sealed interface Schedule {

  /** When the next act is due, in microseconds of the {@link Stopwatch}. */
  long next(long now);

  /** Whether what is due depends on when the last act was over. */
  boolean waitsForAnswers();

  /** As soon as the last act is over. */
  record ClosedLoop() implements Schedule {
    @Override
    public boolean waitsForAnswers() {
      return true;
    }

    @Override
    public long next(long now) {
      return now;
    }
  }

  /**
   * At random times that come at a steady average rate, from the first question on. One actor's
   * own; not thread-safe.
   */
  final class OpenLoop implements Schedule {
    private final SplittableRandom random;
    private final double meanMicros;
    private double due = -1;

    public OpenLoop(double perSecond, long seed) {
      this.random = new SplittableRandom(seed);
      this.meanMicros = 1e6 / perSecond;
    }

    @Override
    public boolean waitsForAnswers() {
      return false;
    }

    @Override
    public long next(long now) {
      due = due < 0 ? now : due;
      due -= Math.log1p(-random.nextDouble()) * meanMicros;
      return (long) due;
    }
  }
}
