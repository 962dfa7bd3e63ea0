package dev.stele.server.cli;

import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.LoggerContext;
import ch.qos.logback.classic.encoder.PatternLayoutEncoder;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.classic.spi.LoggingEvent;
import ch.qos.logback.classic.util.LogbackMDCAdapter;
import dev.stele.server.logging.DroppedLines;
import java.io.ByteArrayOutputStream;
import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What becomes of lines that nobody reads. */
final class LineWriterTest {
  private final LoggerContext context = new LoggerContext();
  private final Logger logger = context.getLogger("test");
  private final DroppedLines dropped = DroppedLines.of(context);
  private final CountDownLatch reading = new CountDownLatch(1);
  private final ByteArrayOutputStream written = new ByteArrayOutputStream();
  private final LineWriter writer =
      new LineWriter(
          encoder(), new PrintStream(new Slow(), false, StandardCharsets.UTF_8), dropped);

  @BeforeEach
  void begin() {
    context.setMDCAdapter(new LogbackMDCAdapter());
    writer.setContext(context);
  }

  @AfterEach
  void stop() {
    reading.countDown();
    writer.stop();
  }

  @Test
  void lines_thatAreRead_areAllThere() {
    reading.countDown();
    writer.start();

    log(Level.INFO, "one");
    log(Level.WARN, "two");
    writer.stop();

    assertThat(written.toString(StandardCharsets.UTF_8)).isEqualTo("one\ntwo\n");
    assertThat(dropped.count()).isZero();
  }

  @Test
  void lines_thatNobodyReads_areDroppedAndCounted_thoseThatMatterLast() {
    writer.start();
    while (dropped.count() < 10) {
      log(Level.INFO, "idle talk");
    }

    log(Level.WARN, "what matters");
    assertThat(dropped.count()).isEqualTo(10);
    reading.countDown();
    writer.stop();

    assertThat(written.toString(StandardCharsets.UTF_8)).endsWith("idle talk\nwhat matters\n");
  }

  @Test
  void of_oneProcess_isOneCount() {
    assertThat(DroppedLines.of(context)).isSameAs(dropped);
    assertThat(DroppedLines.of(new LoggerContext())).isNotSameAs(dropped);
  }

  private void log(Level level, String text) {
    ILoggingEvent event = new LoggingEvent("", logger, level, text, null, null);
    writer.doAppend(event);
  }

  private PatternLayoutEncoder encoder() {
    PatternLayoutEncoder encoder = new PatternLayoutEncoder();
    encoder.setContext(context);
    encoder.setPattern("%msg%n");
    encoder.start();
    return encoder;
  }

  /** Takes nothing until somebody reads. */
  private final class Slow extends OutputStream {
    @Override
    public void write(int one) {
      write(new byte[] {(byte) one}, 0, 1);
    }

    @Override
    public void write(byte[] bytes, int offset, int length) {
      while (reading.getCount() > 0) {
        Thread.onSpinWait();
      }
      written.write(bytes, offset, length);
    }
  }
}
