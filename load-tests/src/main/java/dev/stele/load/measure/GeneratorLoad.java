package dev.stele.load.measure;

import java.lang.management.ManagementFactory;
import java.lang.management.OperatingSystemMXBean;
import java.util.function.LongSupplier;

/**
 * How much of the processor this program takes itself, on the whole and for each answer that it got
 * from the server. One thread's.
 */
public final class GeneratorLoad {
  private final LongSupplier answers;
  private State begin;
  private State end;

  /**
   * Measures from now on, until told otherwise.
   *
   * @param answers how many came so far, those to polls included
   */
  public GeneratorLoad(LongSupplier answers) {
    this.answers = answers;
    begin = now();
    end = begin;
  }

  /** What had been used by then. */
  private record State(long nanos, long cpuNanos, long answers) {}

  /** Forgets what was used up to now. */
  public void begin() {
    begin = now();
    end = begin;
  }

  /** What is used from now on does not count. */
  public void end() {
    end = now();
  }

  /** Cores in use; 0 where Java does not tell. */
  public double cores() {
    return ratio(end.cpuNanos - begin.cpuNanos, end.nanos - begin.nanos);
  }

  /** Processor time for each answer, in microseconds; 0 where Java does not tell. */
  public double microsPerAnswer() {
    return ratio(end.cpuNanos - begin.cpuNanos, end.answers - begin.answers) / 1000;
  }

  private static double ratio(long value, long unit) {
    return unit <= 0 ? 0 : Math.max(0, (double) value / unit);
  }

  private State now() {
    return new State(System.nanoTime(), cpuNanos(), answers.getAsLong());
  }

  private static long cpuNanos() {
    OperatingSystemMXBean system = ManagementFactory.getOperatingSystemMXBean();
    return system instanceof com.sun.management.OperatingSystemMXBean detailed
        ? detailed.getProcessCpuTime()
        : 0;
  }
}
