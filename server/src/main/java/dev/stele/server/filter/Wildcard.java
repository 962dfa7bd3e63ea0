package dev.stele.server.filter;

/** Patterns in which {@code *} stands for any run of characters, an empty one too. */
final class Wildcard {
  private Wildcard() {}

  /**
   * Whether the whole name follows the pattern. Takes at most the product of the two lengths: only
   * the latest star is ever tried again.
   */
  static boolean matches(String pattern, String name) {
    int p = 0;
    int n = 0;
    int star = -1;
    int resume = 0;
    while (n < name.length()) {
      if (p < pattern.length() && pattern.charAt(p) == '*') {
        star = p++;
        resume = n;
      } else if (p < pattern.length() && pattern.charAt(p) == name.charAt(n)) {
        p++;
        n++;
      } else if (star >= 0) {
        p = star + 1;
        n = ++resume;
      } else {
        return false;
      }
    }
    while (p < pattern.length() && pattern.charAt(p) == '*') {
      p++;
    }
    return p == pattern.length();
  }
}
