package dev.stele.load.measure;

/** The time that is measured: after the warm-up, before the end. Thread-safe. */
public final class Window {
  private volatile long begin = Long.MAX_VALUE;
  private volatile long end = Long.MAX_VALUE;

  /** Measures from that time on. */
  public void begin(long micros) {
    begin = micros;
  }

  /** Measures until that time. */
  public void end(long micros) {
    end = micros;
  }

  /** Whether a time is measured. */
  public boolean covers(long micros) {
    return micros >= begin && micros < end;
  }

  /** Whether the warm-up is over. */
  public boolean hasBegun(long micros) {
    return micros >= begin;
  }

  /** How long is measured, until now or the end. */
  public double seconds(long now) {
    return Math.max(0, Math.min(end, now) - begin) / 1e6;
  }
}
