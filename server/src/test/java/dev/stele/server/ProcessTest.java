package dev.stele.server;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.stele.server.testing.ServerProcess;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The server as a process: how it starts, stops and refuses to run. */
final class ProcessTest {
  /** Five seconds are promised, of a machine that has time for it. */
  private static final Duration PROMISED = Duration.ofSeconds(15);

  @TempDir Path directory;

  @ParameterizedTest
  @ValueSource(strings = {"TERM", "INT"})
  void serve_signal_endsWithItsChildrenAndStatusZero(String signal) throws Exception {
    try (ServerProcess server = ServerProcess.in(directory).start()) {
      List<ProcessHandle> children = server.handle().descendants().toList();
      assertThat(children).isNotEmpty();
      assertThat(server.output()).contains("Stele is ready: " + server.url());

      server.signal(signal);

      assertThat(server.waitFor(PROMISED)).isZero();
      children.forEach(child -> child.onExit().orTimeout(60, TimeUnit.SECONDS).join());
      assertThat(server.output()).endsWith("Stele has stopped\n");
    }
  }

  @Test
  void serve_withJsonLogs_writesNothingElse() throws Exception {
    try (ServerProcess server =
        ServerProcess.in(directory).settings("log: { format: json }\n").start()) {
      assertThat(server.stop()).isZero();

      List<JsonNode> lines = new ArrayList<>();
      for (String line : server.output().lines().toList()) {
        lines.add(new JsonMapper().readTree(line));
      }
      assertThat(lines).allMatch(line -> line.hasNonNull("time") && line.hasNonNull("message"));
      assertThat(lines)
          .anySatisfy(
              line -> {
                assertThat(line.path("path").asText()).isEqualTo("/_matrix/client/versions");
                assertThat(line.path("status").asInt()).isEqualTo(200);
                assertThat(line.path("request_id").asText()).isNotEmpty();
              });
    }
  }

  @Test
  void serve_killed_startsAgainOnTheSameData() throws Exception {
    try (ServerProcess server = ServerProcess.in(directory).start()) {
      server.kill();
      server.start();

      assertThat(server.stop()).isZero();
    }
  }

  @Test
  void serve_directoryInUse_isNamedOnOneLine() throws Exception {
    Path other = Files.createDirectory(directory.resolve("other"));
    try (ServerProcess first = ServerProcess.in(directory).start();
        ServerProcess second = ServerProcess.in(other)) {
      second.arguments("--data-dir", first.dataDirectory().toString());

      assertThat(second.startAndWait()).isEqualTo(1);
      assertThat(second.output())
          .isEqualTo("stele: data_dir: " + first.dataDirectory() + " is in use by another Stele\n");
    }
  }

  @Test
  void serve_portInUse_isNamedOnOneLine() throws Exception {
    try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress());
        ServerProcess server = ServerProcess.in(directory)) {
      String port = Integer.toString(socket.getLocalPort());
      server.arguments("--port", port);

      assertThat(server.startAndWait()).isEqualTo(1);
      assertThat(refusal(server)).contains("127.0.0.1", port);
    }
  }

  @Test
  void serve_unreachableDatabase_isNamedOnOneLine() throws Exception {
    try (ServerProcess server = ServerProcess.in(directory)) {
      server.arguments("--database-url", "postgres://stele:secret@127.0.0.1:1/stele");

      assertThat(server.startAndWait()).isEqualTo(1);
      assertThat(refusal(server)).contains("127.0.0.1:1").doesNotContain("secret");
    }
  }

  @Test
  void serve_wrongSetting_isNamedOnOneLine() throws Exception {
    try (ServerProcess server = ServerProcess.in(directory).settings("registation: {}\n")) {
      assertThat(server.startAndWait()).isEqualTo(2);
      assertThat(server.output())
          .isEqualTo(
              "stele: "
                  + directory.resolve("stele.yaml")
                  + ":1: registation: unknown setting (did you mean registration?)\n");
    }
  }

  /** The one line that is not of the log; the log holds no trace. */
  private static String refusal(ServerProcess server) {
    assertThat(server.output()).doesNotContain("\tat ", "    at ");
    List<String> lines =
        server.output().lines().filter(line -> line.startsWith("stele: ")).toList();
    assertThat(lines).hasSize(1);
    return lines.get(0);
  }
}
