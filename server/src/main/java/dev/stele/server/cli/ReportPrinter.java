package dev.stele.server.cli;

import java.io.PrintWriter;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;

/** Prints how work on the log goes and what came out. */
record ReportPrinter(PrintWriter out) {
  private static final long PAUSE = TimeUnit.SECONDS.toNanos(1);

  /** Prints at most one line a second. */
  Progress progress(String verb) {
    AtomicLong next = new AtomicLong(System.nanoTime() + PAUSE);
    return (done, total) -> {
      long now = System.nanoTime();
      long due = next.get();
      if (now - due >= 0 && next.compareAndSet(due, now + PAUSE)) {
        out.printf("%s %,d of %,d records%n", verb, done, total);
        out.flush();
      }
    };
  }

  /** Prints the outcome and returns the status that goes with it. */
  int print(LogReport report) {
    report.counts().forEach((what, count) -> out.printf("%s: %d%n", what, count));
    report.problems().forEach(problem -> out.println("problem: " + problem));
    if (report.problems().isEmpty()) {
      out.println("ok");
      return 0;
    }
    out.printf("problems: %d%n", report.problems().size());
    return CommandLineInterface.FAILED;
  }
}
