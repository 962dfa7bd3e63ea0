package dev.stele.server.http;

import java.util.ArrayList;
import java.util.List;

/** Paths taken apart at their slashes, not decoded. */
final class Segments {
  private Segments() {}

  /** The segments of a path: of {@code /a/b/} they are "a", "b" and "". */
  static List<String> of(String path) {
    List<String> segments = new ArrayList<>(10);
    int start = 1;
    while (start <= path.length()) {
      int end = path.indexOf('/', start);
      end = end < 0 ? path.length() : end;
      segments.add(path.substring(start, end));
      start = end + 1;
    }
    return segments;
  }

  static boolean isParameter(String segment) {
    return segment.startsWith("{");
  }

  /** The names of a template's parameters, in order. */
  static List<String> parameters(String template) {
    return of(template).stream()
        .filter(Segments::isParameter)
        .map(segment -> segment.substring(1, segment.length() - 1))
        .toList();
  }
}
