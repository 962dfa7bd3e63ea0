package dev.stele.load.scenario;

import dev.stele.load.measure.JavaHeap;
import dev.stele.load.measure.ProcessWatch;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;

/**
 * The processes of the server that are watched, if any. One thread's.
 *
 * @param processes watched
 * @param collectGarbage whether to have Java processes collect their garbage before a figure of
 *     memory counts
 */
public record Memory(List<ProcessWatch> processes, boolean collectGarbage) {
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
      processes.forEach(process -> JavaHeap.collect(process.pid()));
    }
    return Optional.of(
        new Snapshot(
            processes.stream().mapToDouble(ProcessWatch::memoryMb).sum(),
            processes.stream().mapToDouble(ProcessWatch::treeMemoryMb).sum()));
  }

  /** MB in use in the heaps of all that are Java's, after a collection; empty where none is. */
  OptionalDouble heapAfterCollection() {
    double mb = 0;
    boolean any = false;
    for (ProcessWatch process : processes) {
      OptionalDouble used = JavaHeap.usedAfterCollection(process.pid());
      mb += used.orElse(0);
      any |= used.isPresent();
    }
    return any ? OptionalDouble.of(mb) : OptionalDouble.empty();
  }

  /** MB of the processes alone, and with their children. */
  record Snapshot(double memoryMb, double treeMemoryMb) {}
}
