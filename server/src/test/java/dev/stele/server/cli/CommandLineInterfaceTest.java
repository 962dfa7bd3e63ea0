package dev.stele.server.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.vertx.core.Future;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

final class CommandLineInterfaceTest {
  @TempDir Path directory;

  private final FakeTerminal terminal = new FakeTerminal();
  private final FakeOperations operations = new FakeOperations();

  @BeforeEach
  void dataBelowTheTemporaryDirectory() {
    terminal.environment.put("STELE_DATA_DIR", directory.resolve("data").toString());
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "--help",
        "serve --help",
        "version --help",
        "config --help",
        "config check --help",
        "user create -h",
        "log --help",
        "log verify --help",
        "log rebuild --help"
      })
  void help_ofEveryCommand_isPrinted(String line) {
    assertThat(run(line.split(" "))).isZero();
    assertThat(terminal.out()).startsWith("Usage: stele").contains("--help");
    assertThat(terminal.err()).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(strings = {"version", "--version"})
  void version_isOneLine(String line) {
    assertThat(run(line)).isZero();
    assertThat(terminal.out().lines()).singleElement().asString().startsWith("stele ");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "serve --porrt 1|did you mean --port?",
        "serve --port|Missing required parameter",
        "serves|Unmatched argument",
        "log|Missing required subcommand",
        "user create --username a|password",
        "serve --port 99999|stele: --port: listeners[0].port: 99999 (expected: 0-65535)",
        "serve --config /none.yaml|stele: /none.yaml: no such settings file",
        "serve --server-name a_b|stele: --server-name: server_name: a_b (expected: a host name",
      })
  void wrongCommandLine_isOneLineAndStatusTwo(String line, String message) {
    assertThat(run(line.split(" "))).isEqualTo(2);
    assertThat(terminal.err().lines()).singleElement().asString().contains(message);
    assertThat(operations.calls).isEmpty();
  }

  @Test
  void configCheck_settings_areExplained() throws IOException {
    Path file =
        Files.writeString(
            directory.resolve("stele.yaml"),
            "server_name: hs1\nfederation: {expose_device_names: true}\nunsafe: {no_password_policy: true}\n");
    terminal.environment.put("STELE_CONFIG", file.toString());

    assertThat(run("config", "check", "--port", "1")).isZero();
    assertThat(terminal.out())
        .contains("server_name: hs1  [" + file + ":1]")
        .contains("listeners[0].port: 1  [--port]")
        .contains("password.minimum_length: 8  [default]")
        .contains("warning: settings without effect, their features do not exist yet: federation")
        .contains("warning: unsafe.no_password_policy is on")
        .endsWith("The settings are fine.\n");
  }

  @Test
  void serve_untilAskedToStop_closesAndEndsWithZero() {
    operations.onReady = () -> terminal.stop.run();

    assertThat(run("serve", "--server-name", "hs1")).isZero();
    assertThat(operations.calls).containsExactly("serve hs1", "close");
    assertThat(terminal.err()).isEmpty();
    assertThat(terminal.halts).isEmpty();
  }

  @Test
  void serve_askedToStopWhileItStarts_closesWhatStarted() {
    operations.onStart = () -> terminal.stop.run();

    assertThat(run("serve")).isZero();
    assertThat(operations.calls).containsExactly("serve localhost", "close");
  }

  @Test
  void serve_askedToStopWhileTheStartFails_endsWithZero() {
    operations.onStart = () -> terminal.stop.run();
    operations.serving = Future.failedFuture(new CannotRun("the database was interrupted"));

    assertThat(run("serve")).isZero();
    assertThat(terminal.err()).isEmpty();
  }

  @Test
  void serve_serverCannotGoOn_saysWhyAndEndsWithOne() {
    operations.failure.complete("another server took over the log");

    assertThat(run("serve")).isEqualTo(1);
    assertThat(operations.calls).containsExactly("serve localhost", "close");
    assertThat(terminal.err()).isEqualTo("stele: another server took over the log\n");
  }

  @Test
  void serve_cannotStart_saysWhyAndEndsWithOne() {
    operations.serving = Future.failedFuture(new CannotRun("port 1 is in use"));

    assertThat(run("serve")).isEqualTo(1);
    assertThat(terminal.err()).isEqualTo("stele: port 1 is in use\n");
  }

  @Test
  void serve_defect_hasNoTraceOnTheTerminal() {
    operations.serving = Future.failedFuture(new IllegalStateException("oh"));

    assertThat(run("serve")).isEqualTo(1);
    assertThat(terminal.err().lines()).singleElement().asString().contains("defect").contains("oh");
  }

  @Test
  void serve_dataDirectoryIsAFile_isNamed() throws IOException {
    Path file = Files.writeString(directory.resolve("file"), "");

    assertThat(run("serve", "--data-dir", file.toString())).isEqualTo(1);
    assertThat(terminal.err()).isEqualTo("stele: data_dir: " + file + " (expected: a directory)\n");
    assertThat(operations.calls).isEmpty();
  }

  @Test
  void stopRequest_second_haltsAtOnce() {
    StopRequest stop = new StopRequest(terminal.halts::add);

    stop.request();
    assertThat(terminal.halts).isEmpty();
    stop.request();

    assertThat(terminal.halts).containsExactly(1);
    stop.ended();
  }

  @Test
  void userCreate_offline_makesTheAccount() {
    assertThat(
            withInput("wonderland\n", "user", "create", "--username", "alice", "--password-stdin"))
        .isZero();
    assertThat(operations.calls).containsExactly("create NewUser[alice] wonderland");
    assertThat(terminal.out()).isEqualTo("made @alice:localhost\n");
  }

  @Test
  void userCreate_passwordOnTheCommandLine_isTaken() {
    assertThat(run("user", "create", "--username", "bob", "--password", "builder", "--admin"))
        .isZero();
    assertThat(operations.calls).containsExactly("create NewUser[bob, admin] builder");
  }

  @Test
  void userCreate_emptyPassword_isRefused() {
    assertThat(withInput("", "user", "create", "--username", "alice", "--password-stdin"))
        .isEqualTo(1);
    assertThat(terminal.err()).isEqualTo("stele: the password is empty\n");
  }

  @Test
  void userCreate_dataInUse_saysSo() {
    operations.created = Future.failedFuture(new CannotRun("/data is in use"));

    assertThat(run("user", "create", "--username", "a", "--password", "b")).isEqualTo(1);
    assertThat(terminal.err()).isEqualTo("stele: /data is in use\n");
  }

  @Test
  void userCreate_urlWithoutSecret_isRefused() {
    assertThat(
            run(
                "user",
                "create",
                "--username",
                "a",
                "--password",
                "b",
                "--url",
                "http://localhost"))
        .isEqualTo(1);
    assertThat(terminal.err()).contains("registration.shared_secret");
  }

  @ParameterizedTest
  @ValueSource(strings = {"verify", "rebuild"})
  void log_allIsWell_printsCountsAndOk(String command) {
    assertThat(run("log", command)).isZero();
    assertThat(operations.calls).containsExactly(command);
    assertThat(terminal.out()).isEqualTo("records: 3\nok\n");
  }

  @Test
  void logVerify_problems_arePrintedWithStatusOne() {
    operations.report =
        Future.succeededFuture(new LogReport(Map.of("records", 3L), List.of("3: wrong hash")));

    assertThat(run("log", "verify")).isEqualTo(1);
    assertThat(terminal.out()).isEqualTo("records: 3\nproblem: 3: wrong hash\nproblems: 1\n");
  }

  private int withInput(String input, String... arguments) {
    InputStream before = System.in;
    System.setIn(new ByteArrayInputStream(input.getBytes(StandardCharsets.UTF_8)));
    try {
      return run(arguments);
    } finally {
      System.setIn(before);
    }
  }

  private int run(String... arguments) {
    return new CommandLineInterface(operations, terminal.terminal()).run(arguments);
  }
}
