package dev.stele.eventstore.embedded;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Keeps one PostgreSQL running: a child that ends by itself is started again on the same port, up
 * to {@value #RESTARTS} times within a minute.
 *
 * <p>Its monitor is held for as long as a start or a stop takes; call it on threads that may block.
 */
final class Supervisor {
  private static final Logger log = LoggerFactory.getLogger(Supervisor.class);
  private static final int PORTS = 5;
  private static final int RESTARTS = 5;
  private static final Duration PAUSE = Duration.ofMillis(300);
  private static final Duration HEALTHY = Duration.ofMinutes(1);

  private final Cluster cluster;
  private final int port;
  private final CompletableFuture<Integer> ended = new CompletableFuture<>();
  private final Executor reviver = task -> daemon(task).start();
  private volatile boolean stopping;
  private Postmaster child;
  private long startedAt = System.nanoTime();
  private int restarts;

  private Supervisor(Cluster cluster, int port, Postmaster child) {
    this.cluster = cluster;
    this.port = port;
    this.child = child;
  }

  /** Starts PostgreSQL on a free port and returns once it takes connections. */
  static Supervisor start(Cluster cluster) throws IOException, InterruptedException {
    for (int attempt = 1; ; attempt++) {
      int port = freePort();
      try {
        Supervisor supervisor = new Supervisor(cluster, port, ready(cluster, port));
        supervisor.watch();
        return supervisor;
      } catch (CannotRunPostgres e) {
        // Another process may have taken the port since it was free.
        if (attempt == PORTS || !String.valueOf(e.getMessage()).contains("could not bind")) {
          throw e;
        }
      }
    }
  }

  int port() {
    return port;
  }

  /** Completes with the exit status of the last child when it cannot be brought back. */
  CompletableFuture<Integer> ended() {
    return ended;
  }

  void stop() throws IOException, InterruptedException {
    stopping = true;
    synchronized (this) {
      child.stop();
    }
  }

  private static Postmaster ready(Cluster cluster, int port)
      throws IOException, InterruptedException {
    Postmaster child = Postmaster.spawn(cluster, port);
    child.awaitReady(() -> false);
    return child;
  }

  private synchronized void watch() {
    var unused = child.process().onExit().thenRunAsync(this::revive, reviver);
  }

  private synchronized void revive() {
    if (stopping) {
      return;
    }
    int status = child.process().exitValue();
    log.warn("PostgreSQL ended by itself with status {}", status);
    if (System.nanoTime() - startedAt > HEALTHY.toNanos()) {
      restarts = 0;
    }
    while (!stopping && restarts++ < RESTARTS) {
      if (restarted()) {
        watch();
        return;
      }
    }
    if (!stopping) {
      ended.complete(status);
    }
  }

  private boolean restarted() {
    try {
      child = Postmaster.spawn(cluster, port);
      child.awaitReady(() -> stopping);
      startedAt = System.nanoTime();
      log.info("PostgreSQL runs again on port {}", port);
      return true;
    } catch (CannotRunPostgres | IOException e) {
      log.warn("PostgreSQL could not be started again: {}", e.getMessage());
      pause();
      return false;
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return false;
    }
  }

  private static void pause() {
    try {
      Thread.sleep(PAUSE.toMillis());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private static Thread daemon(Runnable task) {
    Thread thread = new Thread(task, "embedded-postgres-supervisor");
    thread.setDaemon(true);
    return thread;
  }

  private static int freePort() throws IOException {
    try (ServerSocket socket =
        new ServerSocket(0, 1, InetAddress.getByAddress(new byte[] {127, 0, 0, 1}))) {
      return socket.getLocalPort();
    }
  }
}
