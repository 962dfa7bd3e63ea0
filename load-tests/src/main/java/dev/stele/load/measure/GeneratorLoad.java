package dev.stele.load.measure;

import java.lang.management.ManagementFactory;
import java.lang.management.OperatingSystemMXBean;

/** How much of the processor this program takes itself. */
public final class GeneratorLoad {
  private final long nanos = System.nanoTime();
  private final long cpuNanos = cpuNanos();

  /** Cores in use since this was made; 0 where Java does not tell. */
  public double cores() {
    return Math.max(0, (double) (cpuNanos() - cpuNanos) / (System.nanoTime() - nanos));
  }

  private static long cpuNanos() {
    OperatingSystemMXBean system = ManagementFactory.getOperatingSystemMXBean();
    return system instanceof com.sun.management.OperatingSystemMXBean detailed
        ? detailed.getProcessCpuTime()
        : 0;
  }
}
