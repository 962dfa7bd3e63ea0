package dev.stele.server.cli;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * What was found in the log.
 *
 * @param counts how many of what, such as {@code records: 12}, in the order in which to print them
 * @param problems one line each; empty when all is well
 */
public record LogReport(Map<String, Long> counts, List<String> problems) {

  public LogReport {
    counts = Collections.unmodifiableMap(new LinkedHashMap<>(counts));
    problems = List.copyOf(problems);
  }
}
