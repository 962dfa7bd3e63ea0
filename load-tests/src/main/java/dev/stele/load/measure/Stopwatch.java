package dev.stele.load.measure;

/** Microseconds since the run began; small enough for a Matrix event to carry. Thread-safe. */
public final class Stopwatch {
  private final long origin = System.nanoTime();

  public long micros() {
    return (System.nanoTime() - origin) / 1000;
  }
}
