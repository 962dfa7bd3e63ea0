package dev.stele.load.measure;

import com.google.errorprone.annotations.CanIgnoreReturnValue;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/**
 * Memory and processor time of a process and its children, such as a database, as Linux tells them
 * below {@code /proc}. The processor time is that of each sample; the memory of a process with
 * children was looked at within the last five samples, and that of its children in turn before. Not
 * thread-safe.
 */
public final class ProcessWatch {
  private static final double TICKS_PER_SECOND = 100;
  private static final double KIB_PER_MB = 1024;

  /** Every how many samples the process itself is looked at, if it has children. */
  private static final int TURNS = 5;

  private final String name;
  private final ProcessHandle process;
  private final List<Sample> samples = new ArrayList<>();
  private double lastSecond;
  private double lastCpu;
  private double lastTreeCpu;

  /** MB of the process. */
  private double memory;

  /** MB of each child, first the one that was looked at longest ago. */
  private final Map<Long, Double> childMemory = new LinkedHashMap<>();

  private int looks;

  /**
   * What a process took.
   *
   * @param second when, in seconds since measuring began; less than 0 before
   * @param memoryMb memory of the process, in MB of 1024 kB; shared pages count in parts
   * @param treeMemoryMb the same with all its children
   * @param cores processor time of the process since the last sample, 1 for a whole core
   * @param treeCores the same with all its children
   */
  public record Sample(
      double second, double memoryMb, double treeMemoryMb, double cores, double treeCores) {}

  /** All that was seen of a process. */
  public record Watched(String name, List<Sample> samples) {}

  private ProcessWatch(String name, ProcessHandle process) {
    this.name = name;
    this.process = process;
  }

  /** Watches a running process. */
  public static ProcessWatch of(String name, long pid) {
    ProcessHandle process =
        ProcessHandle.of(pid)
            .filter(ProcessHandle::isAlive)
            .orElseThrow(
                () ->
                    new IllegalArgumentException("pid: " + pid + " (expected: a running process)"));
    ProcessWatch watch = new ProcessWatch(name, process);
    watch.note(Double.NEGATIVE_INFINITY);
    watch.samples.clear();
    return watch;
  }

  public long pid() {
    return process.pid();
  }

  /** Takes a sample. */
  @CanIgnoreReturnValue
  public Sample sample(double second) {
    return note(second);
  }

  /** MB of the process now, without a sample. */
  public double memoryMb() {
    return memoryMb(process.pid());
  }

  /** MB of the process and its children now, without a sample. */
  public double treeMemoryMb() {
    return process
        .descendants()
        .mapToDouble(child -> memoryMb(child.pid()))
        .reduce(memoryMb(), Double::sum);
  }

  public Watched watched() {
    return new Watched(name, List.copyOf(samples));
  }

  @CanIgnoreReturnValue
  private Sample note(double second) {
    double cpu = cpuSeconds(process.pid());
    List<Long> children = process.descendants().map(ProcessHandle::pid).toList();
    double treeCpu = cpu + children.stream().mapToDouble(ProcessWatch::cpuSeconds).sum();
    look(children);
    double treeMemory =
        memory + childMemory.values().stream().mapToDouble(Double::doubleValue).sum();
    double seconds = second - lastSecond;
    Sample sample =
        new Sample(
            second,
            memory,
            treeMemory,
            cores(cpu - lastCpu, seconds),
            cores(treeCpu - lastTreeCpu, seconds));
    samples.add(sample);
    lastSecond = second;
    lastCpu = cpu;
    lastTreeCpu = treeCpu;
    return sample;
  }

  /**
   * Looks at the memory of the children that are new, and of one process besides: for each look the
   * system walks through all pages of a process while that cannot change them, and a database's
   * many children would take a tenth of a core, and be as late as that, if all were looked at each
   * time.
   */
  private void look(List<Long> children) {
    childMemory.keySet().retainAll(Set.copyOf(children));
    Iterator<Long> known = childMemory.keySet().iterator();
    if (looks++ % TURNS == 0 || !known.hasNext()) {
      memory = memoryMb(process.pid());
    } else {
      long eldest = known.next();
      known.remove();
      childMemory.put(eldest, memoryMb(eldest));
    }
    children.forEach(child -> childMemory.computeIfAbsent(child, ProcessWatch::memoryMb));
  }

  /** A child that ended took its time with it; that is no negative time. */
  private static double cores(double cpuSeconds, double seconds) {
    return Double.isFinite(seconds) && seconds > 0 ? Math.max(0, cpuSeconds / seconds) : 0;
  }

  /** Pages that processes share count in parts where the system tells, or else in each. */
  private static double memoryMb(long pid) {
    return kib(Path.of("/proc/" + pid + "/smaps_rollup"), "Pss:")
            .or(() -> kib(Path.of("/proc/" + pid + "/status"), "VmRSS:"))
            .orElse(0.0)
        / KIB_PER_MB;
  }

  private static Optional<Double> kib(Path file, String field) {
    try (Stream<String> lines = Files.lines(file, StandardCharsets.ISO_8859_1)) {
      return lines
          .filter(line -> line.startsWith(field))
          .map(line -> Double.valueOf(line.replaceAll("[^0-9]", "")))
          .findFirst();
    } catch (IOException | UncheckedIOException gone) {
      return Optional.empty();
    }
  }

  private static double cpuSeconds(long pid) {
    try {
      String stat =
          Files.readString(Path.of("/proc/" + pid + "/stat"), StandardCharsets.ISO_8859_1);
      String[] fields = stat.substring(stat.lastIndexOf(')') + 2).split(" ");
      return (Long.parseLong(fields[11]) + Long.parseLong(fields[12])) / TICKS_PER_SECOND;
    } catch (IOException gone) {
      return 0;
    }
  }
}
