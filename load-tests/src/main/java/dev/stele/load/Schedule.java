package dev.stele.load;

import java.util.SplittableRandom;

/**
 * When a sender is due to send. An open-loop schedule is fixed from the start and does not wait for
 * the server, so that the delay which one slow answer causes to the messages behind it is measured.
 */
sealed interface Schedule {

  /** When the next message is due, in microseconds of the {@link Stopwatch}. */
  long next(long now);

  /** As soon as the last message is answered. */
  record ClosedLoop() implements Schedule {
    @Override
    public long next(long now) {
      return now;
    }
  }

  /** At random times that come at a steady average rate. One sender's own; not thread-safe. */
  final class OpenLoop implements Schedule {
    private final SplittableRandom random;
    private final double meanMicros;
    private double due;

    OpenLoop(double perSecond, long start, long seed) {
      this.random = new SplittableRandom(seed);
      this.meanMicros = 1e6 / perSecond;
      this.due = start;
    }

    @Override
    public long next(long now) {
      due -= Math.log1p(-random.nextDouble()) * meanMicros;
      return (long) due;
    }
  }
}
