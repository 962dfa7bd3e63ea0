package dev.stele.server.testing;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/**
 * A PostgreSQL with all its processes, stopped by SIGSTOP: it is there, holds its connections, and
 * answers nothing until it goes on.
 */
public final class StoppedProcesses {
  private final List<Long> pids;

  private StoppedProcesses(List<Long> pids) {
    this.pids = pids;
  }

  /** Stops the PostgreSQL whose data lie somewhere below a directory. */
  public static StoppedProcesses ofPostgres(Path directory) throws IOException {
    try (Stream<Path> files = Files.walk(directory)) {
      Path file =
          files
              .filter(path -> path.endsWith("postmaster.pid"))
              .findFirst()
              .orElseThrow(() -> new AssertionError("no PostgreSQL below " + directory));
      ProcessHandle postmaster =
          ProcessHandle.of(Long.parseLong(Files.readAllLines(file).get(0).strip())).orElseThrow();
      // The postmaster first, so that it has no further children.
      List<Long> pids = new ArrayList<>(List.of(postmaster.pid()));
      signal("STOP", pids);
      List<Long> children = postmaster.descendants().map(ProcessHandle::pid).toList();
      signal("STOP", children);
      pids.addAll(children);
      return new StoppedProcesses(pids);
    }
  }

  /** Lets it go on. */
  public void goOn() throws IOException {
    signal("CONT", pids);
  }

  private static void signal(String name, List<Long> pids) throws IOException {
    List<String> command = new ArrayList<>(List.of("kill", "-" + name));
    pids.forEach(pid -> command.add(Long.toString(pid)));
    try {
      int status = new ProcessBuilder(command).start().waitFor();
      if (status != 0) {
        throw new IOException(command + " ended with " + status);
      }
    } catch (InterruptedException e) {
      throw new IOException(e);
    }
  }
}
