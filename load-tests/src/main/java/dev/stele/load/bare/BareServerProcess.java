package dev.stele.load.bare;

import java.io.BufferedReader;
import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;

/** A {@link BareServer} in a process of its own, as a homeserver would be. */
public record BareServerProcess(Process process, URI url) implements AutoCloseable {
  static final String LISTENING = "listening on ";

  /**
   * Starts one.
   *
   * @param answerBytes how long its answers with a message are, at least
   */
  public static BareServerProcess start(long answerBytes) throws IOException {
    Process process =
        new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-cp",
                System.getProperty("java.class.path"),
                BareServerCommand.class.getName(),
                "--answer-bytes=" + answerBytes)
            .redirectError(ProcessBuilder.Redirect.INHERIT)
            .start();
    BufferedReader output = process.inputReader(StandardCharsets.UTF_8);
    String line = output.readLine();
    if (line == null || !line.startsWith(LISTENING)) {
      process.destroyForcibly().onExit().join();
      throw new IOException("the bare server did not start: " + line);
    }
    return new BareServerProcess(
        process, URI.create("http://127.0.0.1:" + line.substring(LISTENING.length())));
  }

  public long pid() {
    return process.pid();
  }

  @Override
  public void close() {
    process.destroy();
    process.onExit().join();
  }
}
