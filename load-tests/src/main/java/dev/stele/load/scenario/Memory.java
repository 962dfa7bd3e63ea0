package dev.stele.load.scenario;

import dev.stele.load.measure.ProcessWatch;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;

/**
 * The processes of the server that are watched, if any. One thread's.
 *
 * @param processes watched
 * @param collectGarbage whether to have Java processes collect their garbage before a figure of
 *     memory counts
 */
public record Memory(List<ProcessWatch> processes, boolean collectGarbage) {
  private static final int GC_SECONDS = 60;

  /** Takes a sample of each. */
  void sample(double second) {
    processes.forEach(process -> process.sample(second));
  }

  /** What all of them take now, after a collection where one is wanted; empty without any. */
  Optional<Snapshot> snapshot() {
    if (processes.isEmpty()) {
      return Optional.empty();
    }
    if (collectGarbage) {
      processes.forEach(process -> collect(process.pid()));
    }
    return Optional.of(
        new Snapshot(
            processes.stream().mapToDouble(ProcessWatch::memoryMb).sum(),
            processes.stream().mapToDouble(ProcessWatch::treeMemoryMb).sum()));
  }

  /** MB of the processes alone, and with their children. */
  record Snapshot(double memoryMb, double treeMemoryMb) {}

  /** Does nothing to a process that is not Java's. */
  private static void collect(long pid) {
    try {
      Process jcmd =
          new ProcessBuilder(
                  Path.of(System.getProperty("java.home"), "bin", "jcmd").toString(),
                  Long.toString(pid),
                  "GC.run")
              .redirectErrorStream(true)
              .redirectOutput(ProcessBuilder.Redirect.DISCARD)
              .start();
      if (!jcmd.waitFor(GC_SECONDS, TimeUnit.SECONDS)) {
        jcmd.destroy();
      }
    } catch (IOException noJcmd) {
      // Without one, memory counts as it is.
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
