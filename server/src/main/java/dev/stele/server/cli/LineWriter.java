package dev.stele.server.cli;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.UnsynchronizedAppenderBase;
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

  private final LineEncoder encoder;
  private final PrintStream out;
  private final ArrayBlockingQueue<ILoggingEvent> queue = new ArrayBlockingQueue<>(QUEUED_LINES);
  private final Thread thread = new Thread(this::run, "log-lines");
  private volatile boolean stopping;

  LineWriter(LineEncoder encoder, PrintStream out) {
    this.encoder = encoder;
    this.out = out;
    thread.setDaemon(true);
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
      event.prepareForDeferredProcessing();
      boolean unused = queue.offer(event);
    }
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
    ByteArrayOutputStream lines = new ByteArrayOutputStream(256 * events.size());
    events.forEach(event -> lines.writeBytes(encoder.encode(event)));
    events.clear();
    try {
      lines.writeTo(out);
      out.flush();
    } catch (IOException e) {
      addError("standard output cannot be written", e);
    }
  }
}
