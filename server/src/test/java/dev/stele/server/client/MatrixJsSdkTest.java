package dev.stele.server.client;

import static org.assertj.core.api.Assertions.assertThat;

import dev.stele.server.testing.ServerProcess;
import dev.stele.server.testing.TestServer;
import java.io.BufferedReader;
import java.io.BufferedWriter;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Unmodified matrix-js-sdk clients do what their users do: they talk through a server that is
 * stopped, and then killed, under them, and use everything that rooms offer. What they do, and what
 * must come of it, is in {@code src/test/node}.
 */
final class MatrixJsSdkTest {
  private static final String PASSED = "passed";
  private static final String RESTART = "restart: ";
  private static final long LIMIT_MINUTES = 5;
  private static final long BLOCKED_LIMIT_MILLIS = 1_000;
  private static final Pattern BLOCKED =
      Pattern.compile("BlockedThreadChecker.* has been blocked for (\\d+) ms");

  @TempDir Path directory;

  @Test
  void twoClients_overRestarts_hearEverythingOnceAndInOrder() throws Exception {
    NodeProject project = NodeProject.prepare();
    try (ServerProcess server = ServerProcess.in(directory)) {
      server.settings("unsafe: { disable_rate_limits: true }\n").start();
      String conversation = converse(project, server);
      assertThat(conversation.lines()).as(conversation).last().isEqualTo(PASSED);
      assertThat(server.stop()).as(server.output()).isZero();
      assertThat(blockedWhileServing(server.output())).isEmpty();
      assertSound("verify", server);
      assertSound("rebuild", server);
    }
  }

  @Test
  void people_inRooms_canDoWhatTheirClientsOffer() throws Exception {
    assertPasses("rooms.mjs");
  }

  @Test
  void people_inPrivateRooms_readWhatIsForThem_andLoseNoHistory() throws Exception {
    assertPasses("private.mjs");
  }

  private static void assertPasses(String program) throws Exception {
    NodeProject project = NodeProject.prepare();
    try (TestServer server = new TestServer()) {
      ProcessBuilder builder = project.program(program);
      builder.environment().put("STELE_URL", server.url());
      Process node = builder.start();
      CompletableFuture.delayedExecutor(LIMIT_MINUTES, TimeUnit.MINUTES).execute(node::destroy);
      String said = NodeProject.read(node);
      assertThat(said.lines()).as(said).last().isEqualTo(PASSED);
    }
  }

  /**
   * Runs the clients, and restarts the server whenever they ask for it. Returns what they print.
   */
  private static String converse(NodeProject project, ServerProcess server)
      throws IOException, InterruptedException {
    ProcessBuilder builder = project.program("conversation.mjs");
    builder.environment().put("STELE_URL", server.url().toString());
    Process node = builder.start();
    CompletableFuture.delayedExecutor(LIMIT_MINUTES, TimeUnit.MINUTES).execute(node::destroy);
    StringBuilder said = new StringBuilder();
    try (BufferedReader lines = node.inputReader(StandardCharsets.UTF_8);
        BufferedWriter answers = node.outputWriter(StandardCharsets.UTF_8)) {
      for (String line = lines.readLine(); line != null; line = lines.readLine()) {
        said.append(line).append('\n');
        if (line.startsWith(RESTART)) {
          restart(server, line.substring(RESTART.length()));
          answers.write("restarted\n");
          answers.flush();
        }
      }
    } finally {
      node.destroy();
    }
    return said.toString();
  }

  private static void restart(ServerProcess server, String how)
      throws IOException, InterruptedException {
    if (how.equals("kill")) {
      server.kill();
    } else {
      assertThat(server.stop()).as(server.output()).isZero();
    }
    server.start();
  }

  /**
   * Warnings about handlers that took too long. Cold code on a busy machine may hold one up for a
   * moment; only work that does not belong on an event loop takes longer than that.
   */
  private static List<String> blockedWhileServing(String output) {
    List<String> warnings = new ArrayList<>();
    boolean serving = false;
    for (String line : output.lines().toList()) {
      if (line.contains("Stele is ready")) {
        serving = true;
      } else if (line.contains(" starts: ") || line.contains("Stele stops")) {
        serving = false;
      }
      Matcher blocked = BLOCKED.matcher(line);
      if (serving && blocked.find() && Long.parseLong(blocked.group(1)) > BLOCKED_LIMIT_MILLIS) {
        warnings.add(line);
      }
    }
    return warnings;
  }

  private static void assertSound(String command, ServerProcess server) throws IOException {
    Process process =
        new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-cp",
                System.getProperty(
                    "surefire.test.class.path", System.getProperty("java.class.path")),
                "dev.stele.server.Main",
                "log",
                command,
                "--data-dir",
                server.dataDirectory().toString())
            .redirectErrorStream(true)
            .start();
    String output = NodeProject.read(process);
    assertThat(process.onExit().join().exitValue()).as("log %s:\n%s", command, output).isZero();
    assertThat(output.lines()).as("log %s", command).last().isEqualTo("ok");
  }
}
