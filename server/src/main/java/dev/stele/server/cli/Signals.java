package dev.stele.server.cli;

/** The requests to stop that reach a process: SIGTERM and SIGINT. */
@FunctionalInterface
public interface Signals {

  /**
   * From now on runs {@code stop} at each request, on a thread of its own. Without this the process
   * ends at the first.
   */
  void onStop(Runnable stop);
}
