package dev.stele.server.logging;

import ch.qos.logback.classic.LoggerContext;
import io.micrometer.core.instrument.FunctionCounter;
import io.micrometer.core.instrument.MeterRegistry;
import java.util.concurrent.atomic.LongAdder;
import org.slf4j.LoggerFactory;

/**
 * How many lines of the log were dropped because nobody read them fast enough. Whoever drops them
 * leaves the count with the logging of the process, where every server in it finds it; in an
 * application with a logging of its own it stays at zero. Thread-safe.
 */
public final class DroppedLines {
  private static final String NAME = "stele.log_lines.dropped";

  private final LongAdder count = new LongAdder();

  private DroppedLines() {}

  /** The count of a process's logging, which begins with the first who asks. */
  public static DroppedLines of(LoggerContext context) {
    synchronized (context.getConfigurationLock()) {
      if (context.getObject(NAME) instanceof DroppedLines known) {
        return known;
      }
      DroppedLines begun = new DroppedLines();
      context.putObject(NAME, begun);
      return begun;
    }
  }

  /** One more. */
  public void increment() {
    count.increment();
  }

  /** How many there were since the process began. */
  public long count() {
    return count.sum();
  }

  /** Tells the count of this process. */
  public static void monitor(MeterRegistry metrics) {
    DroppedLines lines =
        LoggerFactory.getILoggerFactory() instanceof LoggerContext context
            ? of(context)
            : new DroppedLines();
    FunctionCounter.builder(NAME, lines, DroppedLines::count)
        .description("Lines of the log that were dropped, since they came faster than they went")
        .register(metrics);
  }
}
