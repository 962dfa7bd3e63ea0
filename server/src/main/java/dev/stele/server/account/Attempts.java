package dev.stele.server.account;

/** How often a user's password may be tried. Thread-safe. */
@FunctionalInterface
public interface Attempts {

  /**
   * Takes one attempt from a user's allowance.
   *
   * @return 0 if there was one, otherwise in how many milliseconds the next one may be made
   */
  long take(String userId);
}
