package dev.stele.server.cli;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.LoggerContext;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.encoder.Encoder;
import dev.stele.server.logging.DroppedLines;
import dev.stele.server.settings.Settings.Log;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Logging of a process that is Stele and nothing else: to standard output, one line an event.
 *
 * <p>It is set up here and not by a file on the class path, so that an application that embeds
 * Stele keeps its own; a file named by {@code -Dlogback.configurationFile} is left alone. Lines are
 * written by a thread of their own, and those up to {@code info} are dropped when nobody reads
 * standard output: a reader that stalls must not stall the server.
 */
final class Logging {
  /** The logger of the lines that an operator sees at every level. */
  static final String CONSOLE = "stele";

  /** The logger of requests. */
  private static final String ACCESS = "dev.stele.access";

  /** The launcher says in this property whether standard output is a terminal; Java cannot tell. */
  private static final String TERMINAL = "stele.terminal";

  /** The name of what writes lines. */
  private static final String LINES = "lines";

  private Logging() {}

  /** Sets logging up before anything is logged, at level {@code warn}. */
  static void start() {
    if (System.getProperty("logback.configurationFile") == null) {
      LoggerContext context = context();
      context.reset();
      context.getLogger(Logger.ROOT_LOGGER_NAME).addAppender(appender(context));
      context.getLogger(Logger.ROOT_LOGGER_NAME).setLevel(Level.WARN);
    }
  }

  /** Sets the levels and the format that the operator wants. */
  static void apply(Log log) {
    LoggerContext context = context();
    if (log.format() == Log.Format.JSON
        && context.getLogger(Logger.ROOT_LOGGER_NAME).getAppender(LINES)
            instanceof LineWriter writer) {
      writer.use(started(new JsonEncoder(), context));
    }
    context.getLogger(Logger.ROOT_LOGGER_NAME).setLevel(Level.toLevel(log.level().name()));
    context.getLogger(CONSOLE).setLevel(Level.INFO);
    context.getLogger(ACCESS).setLevel(access(log));
  }

  /** Writes what is still queued. */
  static void stop() {
    context().stop();
  }

  private static Level access(Log log) {
    if (!log.requests()) {
      return Level.OFF;
    }
    return Level.toLevel(log.level().name());
  }

  private static LineWriter appender(LoggerContext context) {
    Encoder<ILoggingEvent> text = started(new LineEncoder(Boolean.getBoolean(TERMINAL)), context);
    LineWriter writer = new LineWriter(text, System.out, DroppedLines.of(context));
    writer.setName(LINES);
    writer.setContext(context);
    writer.start();
    return writer;
  }

  private static Encoder<ILoggingEvent> started(
      Encoder<ILoggingEvent> encoder, LoggerContext context) {
    encoder.setContext(context);
    encoder.start();
    return encoder;
  }

  private static LoggerContext context() {
    return (LoggerContext) LoggerFactory.getILoggerFactory();
  }
}
