package dev.stele.eventstore.embedded;

import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import java.util.stream.Stream;

/** One running PostgreSQL, our child. */
final class Postmaster {
  private static final List<String> SETTINGS =
      List.of(
          "listen_addresses=127.0.0.1",
          "unix_socket_directories=",
          "max_connections=64",
          // After a checkpoint every page is written to the log whole once more: seldom is better.
          "max_wal_size=1GB",
          "checkpoint_timeout=15min",
          // What sessions write must not lie with the system until a checkpoint waits for all of it
          // at once, and every commit with it.
          "backend_flush_after=256kB",
          "wal_level=minimal",
          "max_wal_senders=0",
          "max_worker_processes=2",
          "max_parallel_workers=0",
          "max_parallel_workers_per_gather=0",
          "autovacuum_max_workers=2",
          "jit=off",
          "timezone=UTC",
          "log_timezone=UTC",
          "log_destination=stderr",
          "logging_collector=off",
          "log_line_prefix=",
          "log_min_error_statement=panic");

  private static final Duration POLL = Duration.ofMillis(5);
  private static final Duration START = Duration.ofMinutes(2);
  private static final Duration FAST_STOP = Duration.ofSeconds(2);
  private static final Duration IMMEDIATE_STOP = Duration.ofMillis(500);

  private final Cluster cluster;
  private final Process process;
  private final LogDrain log;

  private Postmaster(Cluster cluster, Process process) {
    this.cluster = cluster;
    this.process = process;
    this.log = LogDrain.of(process);
  }

  /** Starts a child on a port of 127.0.0.1; it may not yet take connections. */
  static Postmaster spawn(Cluster cluster, int port) throws IOException {
    List<String> arguments = new ArrayList<>(List.of("-D", cluster.data().toString()));
    Stream.concat(
            SETTINGS.stream(),
            Stream.of("port=" + port, "shared_buffers=" + SharedMemory.ofThisMachine()))
        .forEach(setting -> arguments.addAll(List.of("-c", setting)));
    Process process =
        cluster.account().command(cluster.binaries().program("postgres"), arguments).start();
    process.getOutputStream().close();
    return new Postmaster(cluster, process);
  }

  /**
   * Waits until it takes connections. Fails when it ends before, and when {@code givenUp} turns
   * true.
   */
  void awaitReady(BooleanSupplier givenUp) throws IOException, InterruptedException {
    boolean ready = false;
    try {
      ready = becomesReady(givenUp);
    } finally {
      if (!ready) {
        process.destroyForcibly();
      }
    }
    if (!ready) {
      throw new CannotRunPostgres("PostgreSQL did not start: " + log.tail());
    }
  }

  private boolean becomesReady(BooleanSupplier givenUp) throws IOException, InterruptedException {
    long start = System.nanoTime();
    while (!isReady()) {
      boolean ended = process.waitFor(POLL.toMillis(), TimeUnit.MILLISECONDS);
      if (ended || givenUp.getAsBoolean() || System.nanoTime() - start > START.toNanos()) {
        return false;
      }
    }
    return true;
  }

  private boolean isReady() throws IOException {
    return PidFile.read(cluster.data())
        .filter(file -> file.pid() == process.pid() && file.ready())
        .isPresent();
  }

  Process process() {
    return process;
  }

  /** Ends it within three seconds: fast, with a checkpoint, or else at once. */
  void stop() throws IOException, InterruptedException {
    if (!process.isAlive()) {
      return;
    }
    Signal.INT.send(process.toHandle(), cluster);
    if (!process.waitFor(FAST_STOP.toMillis(), TimeUnit.MILLISECONDS)) {
      Signal.QUIT.send(process.toHandle(), cluster);
      if (!process.waitFor(IMMEDIATE_STOP.toMillis(), TimeUnit.MILLISECONDS)) {
        process.destroyForcibly();
      }
    }
  }
}
