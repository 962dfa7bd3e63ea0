package dev.stele.load;

import java.io.BufferedReader;
import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;

/** A {@link BareServer} in a process of its own. */
record BareServerProcess(Process process, URI url) implements AutoCloseable {
  static final String LISTENING = "listening on ";

  static BareServerProcess start() throws IOException {
    Process process =
        new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-cp",
                System.getProperty("java.class.path"),
                Main.class.getName(),
                "bare-server")
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

  @Override
  public void close() {
    process.destroy();
    process.onExit().join();
  }
}
