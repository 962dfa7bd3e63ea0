package dev.stele.load;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.PropertyNamingStrategies;
import com.fasterxml.jackson.databind.SerializationFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/** Results as a table for people and as JSON for programs. */
record Report(List<Result> results) {
  private static final ObjectMapper MAPPER =
      JsonMapper.builder()
          .propertyNamingStrategy(PropertyNamingStrategies.SNAKE_CASE)
          .enable(SerializationFeature.INDENT_OUTPUT)
          .build();

  /** Writes {@code {"machine": ..., "results": [...]}}. */
  void write(Path file) throws IOException {
    Map<String, Object> machine =
        Map.of(
            "processors", Runtime.getRuntime().availableProcessors(),
            "os", System.getProperty("os.name") + " " + System.getProperty("os.version"),
            "java", Runtime.version().toString());
    MAPPER.writeValue(file.toFile(), Map.of("machine", machine, "results", results));
  }

  void print(PrintWriter out) {
    out.printf(
        "%n%-10s %-10s %10s %9s %9s %9s %9s %9s%n",
        "run", "what", "per second", "count", "p50 ms", "p99 ms", "p99.9 ms", "max ms");
    for (Result result : results) {
      row(out, result, "send", result.send());
      row(out, result, "delivery", result.delivery());
      row(out, result, "lag", result.generatorLag());
    }
    results.forEach(result -> remarks(out, result));
    if (results.size() > 1) {
      out.printf(
          "%s / %s: %.1f %%%n",
          first().name(), last().name(), 100 * first().sendsPerSecond() / last().sendsPerSecond());
    }
    out.flush();
  }

  private Result first() {
    return results.get(0);
  }

  private Result last() {
    return results.get(results.size() - 1);
  }

  private static void row(PrintWriter out, Result result, String what, Latency latency) {
    if (latency.count() > 0) {
      out.printf(
          "%-10s %-10s %,10.0f %,9d %9.2f %9.2f %9.2f %9.2f%n",
          result.name(),
          what,
          latency.count() / result.seconds(),
          latency.count(),
          latency.p50(),
          latency.p99(),
          latency.p999(),
          latency.max());
    }
  }

  private static void remarks(PrintWriter out, Result result) {
    result
        .failures()
        .forEach((why, count) -> out.printf("%s: failed %s: %d%n", result.name(), why, count));
    Check check = result.check();
    if (check.heard() > 0 || !check.passed()) {
      out.printf(
          "%s: check %s: %d acknowledged, %d heard, %d lost, %d repeated, %d out of order, %d"
              + " pollers behind%n",
          result.name(),
          check.passed() ? "passed" : "FAILED",
          check.acknowledged(),
          check.heard(),
          check.lost(),
          check.repeated(),
          check.disordered(),
          check.pollersBehind());
    }
  }
}
