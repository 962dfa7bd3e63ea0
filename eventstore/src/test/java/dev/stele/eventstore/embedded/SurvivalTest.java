package dev.stele.eventstore.embedded;

import static dev.stele.eventstore.embedded.Waiting.await;
import static dev.stele.eventstore.embedded.Waiting.row;
import static dev.stele.eventstore.embedded.Waiting.rowOnceBack;
import static dev.stele.eventstore.embedded.Waiting.serving;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.google.errorprone.annotations.CanIgnoreReturnValue;
import io.vertx.core.Vertx;
import java.io.BufferedReader;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What is left after PostgreSQL, or the process that runs it, was killed. */
final class SurvivalTest {
  @TempDir static Path directory;
  static Vertx vertx;
  EmbeddedPostgres postgres;

  @BeforeAll
  static void open() {
    vertx = Vertx.vertx();
  }

  @AfterAll
  static void close() {
    await(vertx.close());
  }

  @BeforeEach
  void start() {
    postgres = await(EmbeddedPostgres.start(vertx, directory));
  }

  @AfterEach
  void stop() {
    await(postgres.stop());
  }

  @Test
  void child_killed_comesBackOnTheSamePort() throws Exception {
    row(vertx, postgres.url(), "CREATE TABLE survived AS SELECT 1 AS n");
    ProcessHandle child = kill(serving(directory));
    assertThat(rowOnceBack(vertx, postgres.url(), "SELECT n FROM survived").getInteger(0))
        .isEqualTo(1);
    assertThat(serving(directory)).isNotEqualTo(child);
    assertThat(postgres.ended().isComplete()).isFalse();
  }

  @Test
  void child_lostForGood_endsTheHandle() throws Exception {
    Path control = directory.resolve("data/global/pg_control");
    Path aside = directory.resolve("pg_control");
    Files.move(control, aside);
    try {
      kill(serving(directory));
      assertThat(await(postgres.ended())).isNotZero();
    } finally {
      Files.move(aside, control);
    }
  }

  @Test
  void stop_whileTheChildIsDown_isClean() throws Exception {
    kill(serving(directory));
    await(postgres.stop());
    postgres = await(EmbeddedPostgres.start(vertx, directory));
    assertThat(row(vertx, postgres.url(), "SELECT 1").getInteger(0)).isEqualTo(1);
  }

  @Test
  void start_afterTheParentWasKilled_endsTheOrphanAndKeepsTheData() throws Exception {
    await(postgres.stop());
    Process parent = victim();
    row(vertx, url(parent), "CREATE TABLE orphaned AS SELECT 5 AS n");
    assertThatThrownBy(() -> await(EmbeddedPostgres.start(vertx, directory)))
        .isInstanceOf(DataDirectoryInUse.class);
    kill(parent.toHandle());
    ProcessHandle orphan = serving(directory);
    assertThat(orphan.isAlive()).isTrue();

    postgres = await(EmbeddedPostgres.start(vertx, directory));

    assertThat(orphan.isAlive()).isFalse();
    assertThat(row(vertx, postgres.url(), "SELECT n FROM orphaned").getInteger(0)).isEqualTo(5);
  }

  @Test
  void start_withAPidFileOfAnotherProcess_ignoresIt() throws Exception {
    await(postgres.stop());
    Process other = new ProcessBuilder("sleep", "60").start();
    try {
      Files.writeString(
          directory.resolve("data/postmaster.pid"), other.pid() + "\n" + directory + "/data\n");
      postgres = await(EmbeddedPostgres.start(vertx, directory));
      assertThat(other.isAlive()).isTrue();
    } finally {
      other.destroyForcibly();
    }
  }

  private static Process victim() throws IOException {
    return new ProcessBuilder(
            Path.of(System.getProperty("java.home"), "bin", "java").toString(),
            "-cp",
            System.getProperty("java.class.path"),
            Victim.class.getName(),
            directory.toString())
        .redirectError(ProcessBuilder.Redirect.INHERIT)
        .start();
  }

  /** Reads what the victim prints, up to its URL. */
  private static String url(Process victim) throws IOException {
    BufferedReader lines = victim.inputReader(StandardCharsets.UTF_8);
    for (String line = lines.readLine(); line != null; line = lines.readLine()) {
      if (line.startsWith("url ")) {
        return line.substring(4);
      }
    }
    throw new AssertionError("the victim ended early");
  }

  @CanIgnoreReturnValue
  private static ProcessHandle kill(ProcessHandle process) throws Exception {
    assertThat(process.destroyForcibly()).isTrue();
    return process.onExit().get(60, TimeUnit.SECONDS);
  }
}
