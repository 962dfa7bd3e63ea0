package dev.stele.server.cli;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.UnsynchronizedAppenderBase;
import ch.qos.logback.core.encoder.Encoder;
import dev.stele.server.logging.DroppedLines;
import dev.stele.server.logging.LogFields;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.TimeUnit;

/**
 * Writes lines on a thread of its own, those of some milliseconds at a time: whoever logs neither
 * waits nor has to wake anybody. What does not fit into the queue is dropped, lines up to {@code
 * info} a little earlier.
 */
final class LineWriter extends UnsynchronizedAppenderBase<ILoggingEvent> {
  private static final int QUEUED_LINES = 8192;
  private static final int ROOM_FOR_WARNINGS = QUEUED_LINES / 5;
  private static final long GATHER_MILLIS = 10;
  private static final long FLUSH_MILLIS = 1_000;

  private final PrintStream out;
  private volatile Encoder<ILoggingEvent> encoder;
  private final ArrayBlockingQueue<ILoggingEvent> queue = new ArrayBlockingQueue<>(QUEUED_LINES);
  private final Thread thread = new Thread(this::run, "log-lines");
  private final DroppedLines dropped;
  private volatile boolean stopping;

  LineWriter(Encoder<ILoggingEvent> encoder, PrintStream out, DroppedLines dropped) {
    this.encoder = encoder;
    this.out = out;
    this.dropped = dropped;
    thread.setDaemon(true);
  }

  /** From now on lines look like this. */
  void use(Encoder<ILoggingEvent> other) {
    encoder = other;
  }

  @Override
  public void start() {
    super.start();
    thread.start();
  }

  /** Writes what is queued, for as long as a second. */
  @Override
  public void stop() {
    super.stop();
    stopping = true;
    thread.interrupt();
    try {
      thread.join(FLUSH_MILLIS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  @Override
  protected void append(ILoggingEvent event) {
    boolean matters = event.getLevel().isGreaterOrEqual(Level.WARN);
    if (matters || queue.remainingCapacity() > ROOM_FOR_WARNINGS) {
      if (!saysItself(event)) {
        event.prepareForDeferredProcessing();
      }
      if (queue.offer(event)) {
        return;
      }
    }
    dropped.increment();
  }

  /** Whether the line is made of one argument that does not change: that can be done here later. */
  private static boolean saysItself(ILoggingEvent event) {
    Object[] arguments = event.getArgumentArray();
    return arguments != null && arguments.length == 1 && arguments[0] instanceof LogFields;
  }

  private void run() {
    List<ILoggingEvent> events = new ArrayList<>();
    while (!stopping) {
      try {
        events.add(queue.take());
        TimeUnit.MILLISECONDS.sleep(GATHER_MILLIS);
      } catch (InterruptedException e) {
        // Told to stop: what is left is written below.
      }
      write(events);
    }
    write(events);
  }

  private void write(List<ILoggingEvent> events) {
    queue.drainTo(events);
    Encoder<ILoggingEvent> format = encoder;
    ByteArrayOutputStream lines = new ByteArrayOutputStream(256 * events.size());
    events.forEach(event -> lines.writeBytes(format.encode(event)));
    events.clear();
    try {
      lines.writeTo(out);
      out.flush();
    } catch (IOException e) {
      addError("standard output cannot be written", e);
    }
  }
}
