package dev.stele.eventstore.embedded;

import com.sun.management.OperatingSystemMXBean;
import java.lang.management.ManagementFactory;

/**
 * How much memory PostgreSQL shares among its processes to keep pages in. It takes only what it
 * uses: as much as a database is large, up to this.
 */
final class SharedMemory {
  private static final long MEGABYTE = 1L << 20;
  private static final long LEAST_MEGABYTES = 64;
  private static final long MOST_MEGABYTES = 256;

  /** The rest of a machine is for the server itself, and for the system's cache of files. */
  private static final long SHARE = 32;

  private SharedMemory() {}

  /** A 32nd part of this machine's memory, from 64 MB to 256 MB, as PostgreSQL writes it. */
  static String ofThisMachine() {
    long bytes =
        ManagementFactory.getOperatingSystemMXBean() instanceof OperatingSystemMXBean machine
            ? machine.getTotalMemorySize()
            : 0;
    return of(bytes);
  }

  static String of(long memoryBytes) {
    long share = memoryBytes / SHARE / MEGABYTE;
    return Math.max(LEAST_MEGABYTES, Math.min(MOST_MEGABYTES, share)) + "MB";
  }
}
