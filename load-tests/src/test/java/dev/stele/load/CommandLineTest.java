package dev.stele.load;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.stele.load.scenario.FakeHomeserver;
import dev.stele.load.scenario.FakeHomeserver.Fault;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;

final class CommandLineTest {
  private final StringWriter output = new StringWriter();

  private int run(String... arguments) {
    CommandLine command = Main.commandLine();
    command.setOut(new PrintWriter(output, true)).setErr(new PrintWriter(output, true));
    return command.execute(arguments);
  }

  @Test
  void fanout_withCeiling_printsAndWritesBoth(@TempDir Path directory) throws Exception {
    Path json = directory.resolve("result.json");
    try (FakeHomeserver server = FakeHomeserver.with(Fault.NONE)) {
      int status =
          run(
              "fanout",
              "--target=" + server.url(),
              "--pollers=3",
              "--rate=500",
              "--max-count=50",
              "--warm-up=0",
              "--ceiling",
              "--json=" + json);
      assertThat(status).as(output.toString()).isZero();
    }
    assertThat(output.toString())
        .contains("delivery to all", "check passed: 50 acknowledged, 50 heard", "bare Vert.x");
    JsonNode results = new ObjectMapper().readTree(json.toFile()).path("results");
    assertThat(results.findValuesAsText("label")).containsExactly("Fake", "bare Vert.x");
    for (JsonNode result : results) {
      Map<String, Integer> counts = new HashMap<>();
      for (JsonNode operation : result.path("operations")) {
        counts.put(operation.path("name").asText(), operation.path("count").asInt());
      }
      assertThat(counts).isEqualTo(Map.of("send", 50, "delivery", 150, "delivery to all", 50));
    }
  }

  @Test
  void send_checkFails_endsWithOne() {
    try (FakeHomeserver server = FakeHomeserver.with(Fault.REPEATS)) {
      int status =
          run(
              "send",
              "--target=" + server.url(),
              "--senders=1",
              "--rooms=1",
              "--pollers=1",
              "--max-count=20",
              "--warm-up=0");
      assertThat(status).isEqualTo(1);
      assertThat(output.toString()).contains("check FAILED").contains("1 repeated");
    }
  }

  @Test
  void send_moreRoomsThanSenders_isRefused() {
    assertThat(run("send", "--senders=2", "--rooms=3")).isEqualTo(2);
    assertThat(output.toString().strip())
        .isEqualTo("rooms: 3 (expected: at most one for each of the 2 senders)");
  }

  @Test
  void send_targetNobodyListensOn_saysSo() {
    assertThat(run("send", "--target=http://127.0.0.1:1", "--senders=1", "--rooms=1")).isEqualTo(1);
    assertThat(output.toString().strip())
        .isEqualTo(
            "cannot reach http://127.0.0.1:1:"
                + " nobody listens there (connection refused or timed out)");
  }

  @Test
  void send_targetIsNoHomeserver_saysSo() {
    try (FakeHomeserver server = FakeHomeserver.with(Fault.IS_NO_HOMESERVER)) {
      assertThat(run("send", "--target=" + server.url())).isEqualTo(1);
      assertThat(output.toString())
          .contains(
              server.url() + " is no Matrix homeserver: GET /_matrix/client/versions gives 404");
    }
  }

  @Test
  void send_registrationIsClosed_saysWhatToDo() {
    try (FakeHomeserver server = FakeHomeserver.with(Fault.IS_CLOSED)) {
      assertThat(run("send", "--target=" + server.url(), "--progress=none")).isEqualTo(1);
      assertThat(output.toString())
          .contains("register: the server answered 403", "--registration-token or --users");
    }
  }

  @Test
  void send_requestsFail_endsWithOne() {
    try (FakeHomeserver server = FakeHomeserver.with(Fault.REFUSES_SOME)) {
      int status =
          run(
              "send",
              "--target=" + server.url(),
              "--senders=1",
              "--rooms=1",
              "--max-count=6",
              "--warm-up=0");
      assertThat(status).isEqualTo(1);
      assertThat(output.toString()).contains("failed send: M_FORBIDDEN: 2");
    }
  }

  @Test
  void users_fileIsMissing_saysWhich() {
    assertThat(run("send", "--users=/nowhere/users")).isEqualTo(1);
    assertThat(output.toString().strip()).isEqualTo("/nowhere/users: no such file or directory");
  }

  @Test
  void soak_aWhile_saysWhatItAskedForAndWhetherThingsAreFlat() {
    try (FakeHomeserver server = FakeHomeserver.with(Fault.NONE)) {
      int status =
          run(
              "soak",
              "--target=" + server.url(),
              "--people=2",
              "--rooms=1",
              "--rate=200",
              "--seconds=1",
              "--warm-up=0",
              "--progress=none");
      assertThat(status).as(output.toString()).isZero();
      assertThat(output.toString()).contains("send", "delivery", "check passed");
    }
  }

  @Test
  void send_optionTwice_isRefusedWithOneHint() {
    assertThat(run("send", "--target=http://127.0.0.1:1", "--seconds=1", "--seconds=2"))
        .isEqualTo(2);
    assertThat(output.toString())
        .contains("'--seconds'", "'load-tests send --help' tells all options")
        .doesNotContain("The scenario:");
  }

  @Test
  void help_ofEachScenario_hasAllSections() {
    for (String name : Main.commandLine().getSubcommands().keySet()) {
      if (!List.of("compare", "help").contains(name)) {
        assertThat(run(name, "--help")).isZero();
        assertThat(output.toString())
            .containsSubsequence(
                "Usage: load-tests " + name, "The scenario:", "--target", "--seconds", "--html");
      }
    }
  }
}
