package dev.stele.load;

import com.google.errorprone.annotations.FormatMethod;
import com.google.errorprone.annotations.FormatString;
import java.io.PrintWriter;

/** Says how a run goes, at most once a second. Not thread-safe. */
final class Progress {
  private static final long SECOND = 1_000_000;

  private final PrintWriter out;
  private long lastMicros;
  private long lastSent;

  Progress(PrintWriter out) {
    this.out = out;
  }

  @FormatMethod
  void say(@FormatString String format, Object... arguments) {
    out.printf(format + "%n", arguments);
    out.flush();
  }

  void tick(long micros, Meter meter) {
    if (micros - lastMicros < SECOND) {
      return;
    }
    long sent = meter.sentSoFar();
    double seconds = (micros - lastMicros) / 1e6;
    long failed = meter.failures().values().stream().mapToLong(Long::longValue).sum();
    say(
        "%4d s  %,8.0f sends/s  %,d failures",
        micros / SECOND, Math.max(0, sent - lastSent) / seconds, failed);
    lastMicros = micros;
    lastSent = sent;
  }
}
