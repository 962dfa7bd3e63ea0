package dev.stele.eventstore.embedded;

import java.io.BufferedReader;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayDeque;
import java.util.Deque;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Takes what a child prints, so that it never waits for us, and remembers the last lines. */
final class LogDrain {
  private static final Logger log = LoggerFactory.getLogger("dev.stele.eventstore.embedded.log");
  private static final int REMEMBERED = 8;

  private final Deque<String> last = new ArrayDeque<>();
  private final Thread thread;

  private LogDrain(Process process) {
    thread = new Thread(() -> drain(process), "embedded-postgres-log");
    thread.setDaemon(true);
  }

  static LogDrain of(Process process) {
    LogDrain drain = new LogDrain(process);
    drain.thread.start();
    return drain;
  }

  /** The last lines of a child that has ended, or is as good as ended. */
  String tail() throws InterruptedException {
    thread.join(200);
    synchronized (last) {
      return String.join(" | ", last);
    }
  }

  private void drain(Process process) {
    try (BufferedReader lines = process.inputReader(StandardCharsets.UTF_8)) {
      for (String line = lines.readLine(); line != null; line = lines.readLine()) {
        log.debug("{}", line);
        remember(line);
      }
    } catch (IOException closed) {
      log.debug("PostgreSQL's log ended: {}", closed.getMessage());
    }
  }

  private void remember(String line) {
    synchronized (last) {
      if (last.size() == REMEMBERED) {
        last.removeFirst();
      }
      last.addLast(line);
    }
  }
}
