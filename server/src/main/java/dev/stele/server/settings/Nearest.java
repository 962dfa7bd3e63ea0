package dev.stele.server.settings;

import java.util.Collection;
import java.util.Comparator;
import java.util.Optional;

/** Finds what somebody who mistyped a name may have meant. */
final class Nearest {
  private Nearest() {}

  /**
   * The name that differs least from {@code typed}, unless all differ by two letters and a third of
   * them.
   */
  static Optional<String> to(String typed, Collection<String> names) {
    return names.stream()
        .filter(name -> distance(typed, name) <= Math.max(2, typed.length() / 3))
        .min(Comparator.comparingInt(name -> distance(typed, name)));
  }

  /** The Levenshtein distance: the least number of letters to insert, remove or replace. */
  private static int distance(String from, String to) {
    int[] row = new int[to.length() + 1];
    for (int j = 0; j < row.length; j++) {
      row[j] = j;
    }
    for (int i = 1; i <= from.length(); i++) {
      int diagonal = row[0];
      row[0] = i;
      for (int j = 1; j < row.length; j++) {
        int replaced = diagonal + (from.charAt(i - 1) == to.charAt(j - 1) ? 0 : 1);
        diagonal = row[j];
        row[j] = Math.min(replaced, 1 + Math.min(row[j], row[j - 1]));
      }
    }
    return row[to.length()];
  }
}
