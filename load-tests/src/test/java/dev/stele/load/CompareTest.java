package dev.stele.load;

import static org.assertj.core.api.Assertions.assertThat;

import dev.stele.load.scenario.FakeHomeserver;
import dev.stele.load.scenario.FakeHomeserver.Fault;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;

final class CompareTest {
  private final StringWriter output = new StringWriter();
  @TempDir Path directory;

  private int run(String... arguments) {
    CommandLine command = Main.commandLine();
    command.setOut(new PrintWriter(output, true)).setErr(new PrintWriter(output, true));
    return command.execute(arguments);
  }

  private Path measured(FakeHomeserver server, String label) {
    Path file = directory.resolve(label + ".json");
    int status =
        run(
            "send",
            "--target=" + server.url(),
            "--label=" + label,
            "--senders=1",
            "--rooms=1",
            "--max-count=50",
            "--warm-up=0",
            "--progress=none",
            "--json=" + file);
    assertThat(status).as(output.toString()).isZero();
    return file;
  }

  @Test
  void compare_twoServers_printsRatiosAndDraws() throws Exception {
    Path html = directory.resolve("compared.html");
    try (FakeHomeserver server = FakeHomeserver.with(Fault.NONE)) {
      Path one = measured(server, "One");
      Path other = measured(server, "Other");
      assertThat(run("compare", one.toString(), other.toString(), "--html=" + html)).isZero();
    }
    assertThat(output.toString()).contains("== send ==", "One / Other: send ");
    assertThat(Files.readString(html)).contains("One", "Other", "<svg");
  }

  @Test
  void compare_missingFile_saysWhich() {
    assertThat(run("compare", directory.resolve("absent.json").toString())).isEqualTo(1);
    assertThat(output.toString()).contains("absent.json");
  }
}
