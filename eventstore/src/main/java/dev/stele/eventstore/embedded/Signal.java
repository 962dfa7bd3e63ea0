package dev.stele.eventstore.embedded;

import java.io.IOException;
import java.util.List;

/** The ways in which PostgreSQL is asked to stop that Java cannot send. */
enum Signal {
  /** Fast: ends the sessions, writes a checkpoint. */
  INT,
  /** Immediate: ends at once; the next start recovers from the log. */
  QUIT;

  /** Does nothing when the process has gone. */
  void send(ProcessHandle process, Cluster cluster) throws IOException, InterruptedException {
    try {
      cluster
          .account()
          .run(
              cluster.binaries().program("pg_ctl"),
              List.of("kill", name(), Long.toString(process.pid())),
              "");
    } catch (CannotRunPostgres failed) {
      if (process.isAlive()) {
        throw failed;
      }
    }
  }
}
