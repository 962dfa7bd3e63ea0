package dev.stele.server.cli;

import dev.stele.server.settings.Listener;
import dev.stele.server.settings.Loaded;
import dev.stele.server.settings.Settings;
import io.vertx.core.Vertx;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** One run of the server, from its first line to its last. */
final class ServerRun {
  private static final Logger LOG = LoggerFactory.getLogger(Logging.CONSOLE);

  private final Operations operations;
  private final Loaded loaded;
  private final StopRequest stop;

  ServerRun(Operations operations, Loaded loaded, StopRequest stop) {
    this.operations = operations;
    this.loaded = loaded;
    this.stop = stop;
  }

  /** Starts the server, waits until it shall stop or cannot go on, and ends it. */
  int untilStopped() {
    try (DataDirectory directory = DataDirectory.take(loaded.settings().dataDir())) {
      announce(directory);
      try (VertxProcess process = VertxProcess.start(loaded.settings())) {
        return run(process.vertx());
      }
    } finally {
      stop.ended();
    }
  }

  private int run(Vertx vertx) {
    CompletableFuture<RunningServer> starting =
        operations.serve(vertx, loaded.settings()).toCompletionStage().toCompletableFuture();
    if (stopsBefore(starting)) {
      LOG.info("Stele stops before it was ready");
      starting
          .handle((server, failure) -> server == null ? null : Waiting.on(server.close()))
          .join();
      return 0;
    }
    RunningServer server = Waiting.on(starting);
    LOG.info("Stele is ready: {}", urls(server));
    CompletableFuture<String> failure = server.failure().toCompletionStage().toCompletableFuture();
    boolean asked = stopsBefore(failure);
    LOG.info("Stele stops");
    Waiting.on(server.close());
    LOG.info("Stele has stopped");
    if (!asked) {
      throw new CannotRun(Waiting.on(failure));
    }
    return 0;
  }

  /** Waits for {@code other} or for the wish to stop; whether that was first. */
  private boolean stopsBefore(CompletableFuture<?> other) {
    CompletableFuture.anyOf(other, stop.requested()).handle((any, failure) -> any).join();
    return stop.requested().isDone();
  }

  private String urls(RunningServer server) {
    List<Listener> listeners = loaded.settings().listeners();
    return IntStream.range(0, listeners.size())
        .mapToObj(i -> listeners.get(i).url(server.ports().get(i)))
        .collect(Collectors.joining(", "));
  }

  private void announce(DataDirectory directory) {
    Settings settings = loaded.settings();
    LOG.info(
        "Stele {} starts: server name {}, data in {}, {}",
        Version.number(),
        settings.serverName(),
        directory.path(),
        settings.database().url().isPresent() ? "a PostgreSQL of yours" : "embedded PostgreSQL");
    loaded.warnings().forEach(LOG::warn);
    if (directory.isNew()) {
      LOG.info("this is its first run: it makes its keys and its database, which takes a moment");
    }
  }
}
