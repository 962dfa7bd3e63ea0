package dev.stele.load;

import java.io.BufferedReader;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;

/**
 * The packaged Stele of this checkout, as a process; built before these tests by the package phase.
 */
final class SteleProcess implements AutoCloseable {
  private static final Path JAR = Path.of("..", "server", "target", "stele.jar");
  private static final String READY = "Stele is ready: ";
  private static final int SECONDS_TO_END = 20;

  private final Process process;
  private final String url;

  private SteleProcess(Process process, String url) {
    this.process = process;
    this.url = url;
  }

  static SteleProcess start(Path directory) throws IOException {
    if (!Files.isRegularFile(JAR)) {
      throw new IOException(JAR + " is not there (expected: 'mvn verify', which packages it)");
    }
    Path settings = directory.resolve("stele.yaml");
    Files.write(
        settings,
        List.of(
            "data_dir: " + directory.resolve("data"),
            "listeners: [{bind: 127.0.0.1, port: 0}]",
            "registration: {enabled: true, shared_secret: secret}",
            "unsafe: {disable_rate_limits: true, cheap_password_hashing: true}"));
    Process process =
        new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Xmx256m",
                "-jar",
                JAR.toString(),
                "serve",
                "--config",
                settings.toString())
            .redirectErrorStream(true)
            .start();
    return new SteleProcess(process, ready(process));
  }

  String url() {
    return url;
  }

  long pid() {
    return process.pid();
  }

  @Override
  public void close() {
    process.destroy();
    process
        .onExit()
        .completeOnTimeout(process, SECONDS_TO_END, TimeUnit.SECONDS)
        .thenAccept(Process::destroyForcibly)
        .join();
  }

  /** Reads until it is ready, and all that it says later, so that it never waits for a reader. */
  private static String ready(Process process) throws IOException {
    BufferedReader output = process.inputReader();
    StringBuilder said = new StringBuilder();
    for (String line = output.readLine(); line != null; line = output.readLine()) {
      said.append(line).append('\n');
      int at = line.indexOf(READY);
      if (at >= 0) {
        Thread drain = new Thread(() -> output.lines().forEach(ignored -> {}), "stele output");
        drain.setDaemon(true);
        drain.start();
        return line.substring(at + READY.length()).strip();
      }
    }
    throw new IOException("Stele did not start:\n" + said);
  }
}
