package dev.stele.server.cli;

/** Is told how far a long task has come. May be called from any thread, as often as one likes. */
@FunctionalInterface
public interface Progress {

  /**
   * Says how far.
   *
   * @param done how many records are done
   * @param total how many there are
   */
  void report(long done, long total);
}
