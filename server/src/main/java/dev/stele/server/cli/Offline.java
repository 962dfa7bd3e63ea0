package dev.stele.server.cli;

import dev.stele.server.settings.Loaded;
import dev.stele.server.settings.Settings;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Work on the data of a server that does not run. */
record Offline(Operations operations, Terminal terminal) {
  private static final Logger LOG = LoggerFactory.getLogger(Offline.class);

  /** One piece of such work. */
  @FunctionalInterface
  interface Work<T> {
    Future<T> start(Vertx vertx, Settings settings);
  }

  /** Work on the log that reports on it. */
  @FunctionalInterface
  interface Reporting {
    Future<LogReport> start(Vertx vertx, Settings settings, Progress progress);
  }

  /**
   * Does it, prints how it goes and what came out, and returns the status that goes with it.
   *
   * @param done what has happened to the records that are done
   */
  int report(SettingsOptions options, String done, Reporting work) {
    ReportPrinter printer = new ReportPrinter(terminal.out());
    Progress progress = printer.progress(done);
    Loaded loaded = options.load(terminal.environment());
    return printer.print(run(loaded, (vertx, settings) -> work.start(vertx, settings, progress)));
  }

  /** Does it with a Vert.x of its own, and waits for its end. */
  <T> T run(Loaded loaded, Work<T> work) {
    Logging.apply(loaded.settings().log());
    try (DataDirectory directory = DataDirectory.take(loaded.settings().dataDir())) {
      LOG.debug("working in {}", directory.path());
      try (VertxProcess process = VertxProcess.start(loaded.settings())) {
        return Waiting.on(work.start(process.vertx(), loaded.settings()));
      }
    }
  }
}
