package dev.stele.server.testing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.stele.testing.TestHomeserver;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Tests leave nothing among the temporary files: neither their servers nor PostgreSQL do. */
final class LeftoversTest {
  @TempDir Path temporaryFiles;

  @Test
  void jvmThatHadServers_leavesNoFiles() throws IOException, InterruptedException {
    Process tests =
        new ProcessBuilder(
                ProcessHandle.current().info().command().orElse("java"),
                "-XX:TieredStopAtLevel=1",
                "-Djava.io.tmpdir=" + temporaryFiles,
                "-cp",
                ServerProcess.classPath(),
                Tests.class.getName())
            .redirectErrorStream(true)
            .start();
    String output = new String(tests.getInputStream().readAllBytes(), StandardCharsets.UTF_8);

    assertThat(tests.waitFor()).as(output).isZero();
    assertThat(output).contains("the server is at http");
    assertThat(temporaryFiles).isEmptyDirectory();
  }

  /** What the tests of an application do, and ours. */
  static final class Tests {
    private Tests() {}

    @SuppressWarnings("SystemOut") // that is how the test hears of it
    public static void main(String[] arguments) {
      try (TestHomeserver server = TestHomeserver.start()) {
        System.out.println("the server is at " + server.url());
      }
      assertThatThrownBy(() -> TestHomeserver.start("data_dir: elsewhere"))
          .hasMessageContaining("data_dir");
      new TestServer().close();
      assertThatThrownBy(() -> new TestServer("data_dir: elsewhere"))
          .hasMessageContaining("data_dir");
    }
  }
}
