package dev.stele.eventstore.embedded;

import java.io.IOException;
import java.nio.file.Files;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** A PostgreSQL that outlived the process which had started it. */
final class Orphan {
  private static final Logger log = LoggerFactory.getLogger(Orphan.class);
  private static final Duration FAST_STOP = Duration.ofSeconds(5);
  private static final Duration KILL = Duration.ofSeconds(5);

  private Orphan() {}

  /**
   * Ends the PostgreSQL that still serves the cluster, if one does. The caller holds the
   * directory's lock, so it is nobody's.
   */
  static void reap(Cluster cluster) throws IOException, InterruptedException {
    Optional<ProcessHandle> named =
        PidFile.read(cluster.data()).flatMap(file -> ProcessHandle.of(file.pid()));
    if (named.isEmpty()) {
      return; // PostgreSQL itself sees that such a file is stale.
    }
    if (serves(named.get(), cluster)) {
      log.info("ending PostgreSQL {}, left over from an earlier run", named.get().pid());
      end(named.get(), cluster);
    } else {
      // The number has gone to another process, which would keep PostgreSQL from starting.
      Files.delete(PidFile.in(cluster.data()));
    }
  }

  private static boolean serves(ProcessHandle process, Cluster cluster) {
    List<String> arguments = process.info().arguments().map(List::of).orElse(List.of());
    return arguments.contains(cluster.data().toString());
  }

  private static void end(ProcessHandle process, Cluster cluster)
      throws IOException, InterruptedException {
    Signal.INT.send(process, cluster);
    if (!gone(process, FAST_STOP)) {
      boolean ignored = process.destroyForcibly();
      if (!gone(process, KILL)) {
        throw new CannotRunPostgres("an earlier PostgreSQL does not end: process " + process.pid());
      }
    }
  }

  private static boolean gone(ProcessHandle process, Duration within) throws InterruptedException {
    try {
      process.onExit().get(within.toMillis(), TimeUnit.MILLISECONDS);
      return true;
    } catch (TimeoutException e) {
      return false;
    } catch (ExecutionException e) {
      return !process.isAlive();
    }
  }
}
