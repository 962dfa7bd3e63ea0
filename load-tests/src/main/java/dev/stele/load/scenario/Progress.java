package dev.stele.load.scenario;

import com.google.errorprone.annotations.FormatMethod;
import com.google.errorprone.annotations.FormatString;
import dev.stele.load.measure.Meter;
import dev.stele.load.measure.Operation;
import io.vertx.core.Future;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.IntSupplier;

/** Says how a run goes. Not thread-safe. */
public final class Progress {
  private static final int BAR = 24;
  private static final int STEP_MILLIS = 100;
  private static final int PATIENCE_SECONDS = 180;
  private static final double RATE_SECONDS = 1;

  private final String name;
  private final Screen screen;
  private final Map<String, Long> counts = new HashMap<>();
  private final StringBuilder rates = new StringBuilder();
  private double ratesAt;

  Progress(String name, Screen screen) {
    this.name = name;
    this.screen = screen;
  }

  /** Says what begins now. */
  void phase(String text) {
    screen.say("%s: %s", name, text);
  }

  /**
   * Waits for something that is done step by step.
   *
   * @throws IllegalStateException when no step is done for minutes
   */
  <T> T await(String what, int total, IntSupplier done, Future<T> future) {
    int lastDone = -1;
    int idle = 0;
    while (true) {
      try {
        return future.await(STEP_MILLIS, TimeUnit.MILLISECONDS);
      } catch (TimeoutException notYet) {
        int now = done.getAsInt();
        idle = now == lastDone ? idle + STEP_MILLIS : 0;
        lastDone = now;
        if (idle > PATIENCE_SECONDS * 1000) {
          throw new IllegalStateException("no answer within " + PATIENCE_SECONDS + " s: " + what);
        }
        show(what, now, total);
      }
    }
  }

  /** Shows a bar. */
  private void show(String what, int done, int total) {
    double fraction = total <= 0 ? 0 : (double) done / total;
    screen.show(line("%s %s %,d of %,d %s", name, bar(fraction), done, total, what));
  }

  /**
   * Shows how the load runs.
   *
   * @param phase such as "warming up"
   * @param fraction of it that is over
   * @param second since the run began
   */
  void running(String phase, double fraction, double second, Meter meter) {
    if (second - ratesAt >= RATE_SECONDS) {
      count(second - ratesAt, meter);
      ratesAt = second;
    }
    screen.show(line("%s %s %s %3.0f s%s", name, bar(fraction), phase, second, rates));
  }

  private void count(double seconds, Meter meter) {
    rates.setLength(0);
    for (Operation operation : meter.operations()) {
      long now = operation.soFar();
      Long before = counts.put(operation.name(), now);
      if (now > 0) {
        double rate = (now - (before == null ? 0 : before)) / seconds;
        rates.append(line("  %s %,.0f/s", operation.name(), rate));
      }
    }
    long failed = meter.failures().values().stream().mapToLong(Long::longValue).sum();
    rates.append(failed == 0 ? "" : line("  FAILED %,d", failed));
  }

  private static String bar(double fraction) {
    int full = (int) Math.round(Math.min(1, Math.max(0, fraction)) * BAR);
    return "[" + "#".repeat(full) + "-".repeat(BAR - full) + "]";
  }

  @FormatMethod
  private static String line(@FormatString String format, Object... arguments) {
    return String.format(Locale.ROOT, format, arguments);
  }
}
