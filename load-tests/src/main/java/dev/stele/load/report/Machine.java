package dev.stele.load.report;

import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;

/**
 * Where a run ran.
 *
 * @param processors how many Java sees
 * @param processor its name, or empty
 * @param memoryMb of the machine, or 0
 * @param os its name and version
 * @param java its version
 */
public record Machine(int processors, String processor, long memoryMb, String os, String java) {

  static Machine here() {
    return new Machine(
        Runtime.getRuntime().availableProcessors(),
        processorName(),
        memory(),
        System.getProperty("os.name") + " " + System.getProperty("os.version"),
        Runtime.version().toString());
  }

  /** One line. */
  String text() {
    return "%d processors%s, %,d MB, %s, Java %s"
        .formatted(
            processors, processor.isEmpty() ? "" : " (" + processor + ")", memoryMb, os, java);
  }

  private static long memory() {
    return ManagementFactory.getOperatingSystemMXBean()
            instanceof com.sun.management.OperatingSystemMXBean detailed
        ? detailed.getTotalMemorySize() >> 20
        : 0;
  }

  private static String processorName() {
    try (Stream<String> lines = Files.lines(Path.of("/proc/cpuinfo"), StandardCharsets.UTF_8)) {
      return lines
          .filter(line -> line.startsWith("model name"))
          .map(line -> line.substring(line.indexOf(':') + 1).strip())
          .findFirst()
          .orElse("");
    } catch (IOException notLinux) {
      return "";
    }
  }
}
