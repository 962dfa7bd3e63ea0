package dev.stele.server.tracing;

import java.util.logging.Handler;
import java.util.logging.Level;
import java.util.logging.LogRecord;
import java.util.logging.Logger;
import org.slf4j.LoggerFactory;

/** Brings what OpenTelemetry logs, such as that its collector is away, to where all else is. */
final class TelemetryLog extends Handler {
  private static final org.slf4j.Logger LOG = LoggerFactory.getLogger("io.opentelemetry");

  /** Held, for a logger that nobody holds forgets its handlers. */
  private final Logger source = Logger.getLogger("io.opentelemetry");

  private TelemetryLog() {}

  static TelemetryLog take() {
    TelemetryLog log = new TelemetryLog();
    log.source.setUseParentHandlers(false);
    log.source.addHandler(log);
    return log;
  }

  @Override
  public void publish(LogRecord line) {
    if (line.getLevel().intValue() >= Level.WARNING.intValue()) {
      LOG.warn("{}", line.getMessage());
    } else {
      LOG.debug("{}", line.getMessage());
    }
  }

  @Override
  public void flush() {}

  @Override
  public void close() {
    source.removeHandler(this);
    source.setUseParentHandlers(true);
  }
}
