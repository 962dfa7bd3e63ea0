package dev.stele.load.report;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Tells several runs of one server apart. */
final class Labels {
  private Labels() {}

  /** The same results; the second one of a label is called so. */
  static List<Result> distinct(List<Result> results) {
    Map<String, Integer> seen = new HashMap<>();
    List<Result> named = new ArrayList<>();
    for (Result result : results) {
      int count = seen.merge(result.label(), 1, Integer::sum);
      named.add(count == 1 ? result : result.labelled(result.label() + " #" + count));
    }
    return named;
  }
}
