package dev.stele.load;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import picocli.CommandLine;

/** Every scenario, short, against the packaged Stele of this checkout. */
final class ScenariosIT {
  @TempDir static Path directory;
  private static SteleProcess stele;

  private final StringWriter output = new StringWriter();

  @BeforeAll
  static void start() throws Exception {
    stele = SteleProcess.start(directory);
  }

  @AfterAll
  static void stop() throws Exception {
    if (stele != null) {
      stele.close();
    }
  }

  private int run(String scenario, String... more) {
    List<String> arguments = new ArrayList<>(List.of(scenario.split(" ")));
    arguments.addAll(List.of(more));
    arguments.addAll(
        List.of(
            "--target=" + stele.url(),
            "--warm-up=0",
            "--check",
            "--progress=none",
            "--pid=" + stele.pid()));
    CommandLine command = Main.commandLine();
    command.setOut(new PrintWriter(output, true)).setErr(new PrintWriter(output, true));
    return command.execute(arguments.toArray(String[]::new));
  }

  private JsonNode result(Path file) throws Exception {
    JsonNode results = new ObjectMapper().readTree(file.toFile()).path("results");
    return results.path(results.size() - 1);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "send --senders=4 --rooms=2 --max-count=100",
        "send --senders=4 --rooms=1 --max-count=100 --sources=2",
        "fanout --pollers=20 --accounts=5 --rate=50 --max-count=25",
        "chat --people=8 --rooms=5 --rate=100 --max-count=100",
        "idle --pollers=20 --accounts=5 --seconds=1",
        "initial-sync --rooms=3 --members=4 --max-count=9",
        "join-storm --people=10 --at-once=5 --max-count=60",
        "history --messages=60 --readers=2 --page=20 --max-count=30",
        "login-storm --people=4 --max-count=20",
        "gap --clients=3 --rooms=2 --events=60 --max-count=3",
        "churn --clients=6 --rooms=2 --seconds=2",
        "soak --people=4 --rooms=2 --saturation-seconds=1 --seconds=3 --gc",
        "soak --chat --people=6 --rooms=3 --rate=50 --max-count=60",
        "overload --senders=8 --rooms=2 --saturation-seconds=1 --seconds=2 --at-once=20"
      })
  void scenario_short_passesItsCheck(String scenario) throws Exception {
    Path json = directory.resolve("result.json");
    Path html = directory.resolve("result.html");
    assertThat(run(scenario, "--json=" + json, "--html=" + html)).as(output.toString()).isZero();
    JsonNode result = result(json);
    JsonNode check = result.path("check");
    assertThat(check.path("heard").asLong() + check.path("verified").asLong())
        .as(output.toString())
        .isPositive();
    assertThat(result.path("failures")).as(output.toString()).isEmpty();
    assertThat(Files.readString(html)).contains(scenario.split(" ")[0]);
  }

  @Test
  void media_servedOrNot_isToldApart() throws Exception {
    Path json = directory.resolve("media.json");
    int status = run("media --people=2 --bytes=1000 --max-count=4", "--json=" + json);
    boolean served = result(json).path("not_served").asText().isEmpty();
    assertThat(status).as(output.toString()).isEqualTo(served ? 0 : 3);
    if (!served) {
      assertThat(output.toString()).contains("NOT MEASURED", "does not serve media", "404");
    }
  }

  @Test
  void users_savedAndReadAgain_areTheSame() throws Exception {
    Path users = directory.resolve("users");
    assertThat(run("send --senders=2 --rooms=1 --max-count=4", "--save-users=" + users)).isZero();
    assertThat(Files.readAllLines(users)).hasSize(3).allMatch(line -> line.startsWith("@load"));
    assertThat(run("send --senders=2 --rooms=1 --max-count=4", "--users=" + users))
        .as(output.toString())
        .isZero();
    assertThat(run("send --senders=3 --rooms=1 --max-count=4", "--users=" + users)).isEqualTo(2);
    assertThat(output.toString()).contains("users: 3 (expected: more than 3)");
  }

  @Test
  void sharedSecret_registers() {
    assertThat(run("send --senders=1 --rooms=1 --max-count=4 --shared-secret=secret"))
        .as(output.toString())
        .isZero();
  }
}
