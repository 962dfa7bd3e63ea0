package dev.stele.server.cli;

import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.function.IntConsumer;

/**
 * The process around a command.
 *
 * @param environment its variables
 * @param signals its requests to stop
 * @param halt ends it at once, with a status, whatever still runs
 */
public record Terminal(
    Map<String, String> environment,
    PrintWriter out,
    PrintWriter err,
    Signals signals,
    IntConsumer halt) {

  /** The process that this is. */
  public static Terminal ofProcess() {
    return new Terminal(
        System.getenv(),
        new PrintWriter(System.out, true, StandardCharsets.UTF_8),
        new PrintWriter(System.err, true, StandardCharsets.UTF_8),
        ProcessSignals::handle,
        Terminal::haltWithChildren);
  }

  private static void haltWithChildren(int status) {
    ProcessHandle.current().descendants().forEach(ProcessHandle::destroyForcibly);
    Runtime.getRuntime().halt(status);
  }
}
