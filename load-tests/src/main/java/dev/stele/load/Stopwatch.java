package dev.stele.load;

/** Microseconds since the run began; small enough for a Matrix event to carry. Thread-safe. */
final class Stopwatch {
  private final long origin = System.nanoTime();

  long micros() {
    return (System.nanoTime() - origin) / 1000;
  }
}
