package dev.stele.server.testing;

import com.google.errorprone.annotations.CanIgnoreReturnValue;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/**
 * {@code stele serve} as a process of its own, on a port that is free and a data directory of its
 * own. It may be stopped or killed and started again on the same data, port and settings. Not
 * thread-safe.
 */
public final class ServerProcess implements AutoCloseable {
  private static final String BLOCKED_LIMIT = "stele.blockedThreadLimit";
  private static final Duration START = Duration.ofSeconds(60);
  private static final Duration STOP = Duration.ofSeconds(30);
  private static final Duration POLL = Duration.ofMillis(20);

  private final Path directory;
  private final Path output;
  private final int port = freePort();
  private final List<String> arguments = new ArrayList<>();
  private final HttpClient client = HttpClient.newHttpClient();
  private Process process;

  private ServerProcess(Path directory) {
    this.directory = directory;
    this.output = directory.resolve("output.txt");
  }

  /** A server that keeps its data, its settings and its output below {@code directory}. */
  public static ServerProcess in(Path directory) {
    return new ServerProcess(directory);
  }

  /** Gives the server a settings file, before it starts. */
  @CanIgnoreReturnValue
  public ServerProcess settings(String yaml) throws IOException {
    Path file = Files.writeString(directory.resolve("stele.yaml"), yaml);
    return arguments("--config", file.toString());
  }

  /** Gives the server more arguments, before it starts. */
  @CanIgnoreReturnValue
  public ServerProcess arguments(String... more) {
    arguments.addAll(List.of(more));
    return this;
  }

  /** Starts the server and waits until it answers. */
  @CanIgnoreReturnValue
  public ServerProcess start() throws IOException, InterruptedException {
    launch();
    long deadline = System.nanoTime() + START.toNanos();
    while (!answers()) {
      if (process.waitFor(POLL.toMillis(), TimeUnit.MILLISECONDS)) {
        throw new AssertionError("ended with " + process.exitValue() + ":\n" + output());
      }
      if (System.nanoTime() > deadline) {
        throw new AssertionError("does not answer after " + START + ":\n" + output());
      }
    }
    return this;
  }

  /** Starts the server and waits until it has ended by itself; returns its status. */
  public int startAndWait() throws IOException, InterruptedException {
    launch();
    return waitFor(START);
  }

  /** Starts the server and waits for nothing. */
  public void launch() throws IOException {
    List<String> command = new ArrayList<>();
    command.add(ProcessHandle.current().info().command().orElse("java"));
    String limit = "-Dstele.blockedThreadLimit=" + System.getProperty(BLOCKED_LIMIT, "250");
    command.addAll(List.of("-Xmx512m", limit, "-cp", classPath()));
    command.addAll(List.of("dev.stele.server.Main", "serve"));
    command.addAll(List.of("--data-dir", dataDirectory().toString()));
    command.addAll(List.of("--port", Integer.toString(port)));
    command.addAll(arguments);
    ProcessBuilder builder = new ProcessBuilder(command).directory(directory.toFile());
    builder.environment().keySet().removeIf(name -> name.startsWith("STELE_"));
    builder.redirectErrorStream(true);
    builder.redirectOutput(ProcessBuilder.Redirect.appendTo(output.toFile()));
    process = builder.start();
  }

  /** Sends SIGTERM and waits for the end; returns the status. */
  @CanIgnoreReturnValue
  public int stop() throws InterruptedException {
    process.destroy();
    return waitFor(STOP);
  }

  /** Sends SIGKILL to the server, and nothing to its children; waits for its end. */
  public void kill() throws InterruptedException {
    process.destroyForcibly();
    waitFor(STOP);
  }

  /**
   * Runs {@code stele log} on the data of a server that has stopped.
   *
   * @param command {@code verify} or {@code rebuild}
   * @return what it prints, which ends with {@code ok} if all is well
   */
  public String log(String command) throws IOException {
    List<String> line = new ArrayList<>();
    line.add(ProcessHandle.current().info().command().orElse("java"));
    line.addAll(List.of("-cp", classPath(), "dev.stele.server.Main", "log", command));
    line.addAll(List.of("--data-dir", dataDirectory().toString()));
    Process run = new ProcessBuilder(line).redirectErrorStream(true).start();
    return new String(run.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
  }

  /** Sends the signal of that name, such as {@code INT} or {@code STOP}. */
  public void signal(String name) throws IOException, InterruptedException {
    new ProcessBuilder("kill", "-" + name, Long.toString(process.pid())).start().waitFor();
  }

  /** Waits until the server has ended by itself; returns its status. */
  @CanIgnoreReturnValue
  public int waitFor(Duration limit) throws InterruptedException {
    if (!process.waitFor(limit.toMillis(), TimeUnit.MILLISECONDS)) {
      throw new AssertionError("still runs after " + limit + ":\n" + output());
    }
    return process.exitValue();
  }

  /** The running process. */
  public ProcessHandle handle() {
    return process.toHandle();
  }

  /** Where the server answers; the same after a restart. */
  public URI url() {
    return URI.create("http://127.0.0.1:" + port);
  }

  public Path dataDirectory() {
    return directory.resolve("data");
  }

  /** What all starts of the server have printed so far. */
  public String output() {
    try {
      return Files.exists(output) ? Files.readString(output) : "";
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Ends the server at once, and its children with it. */
  @Override
  public void close() {
    if (process != null) {
      process.descendants().forEach(ProcessHandle::destroyForcibly);
      process.destroyForcibly().onExit().join();
    }
  }

  private boolean answers() throws InterruptedException {
    HttpRequest request =
        HttpRequest.newBuilder(url().resolve("/_matrix/client/versions")).timeout(START).build();
    try {
      return client.send(request, BodyHandlers.discarding()).statusCode() == 200;
    } catch (IOException e) {
      return false;
    }
  }

  static String classPath() {
    return System.getProperty("surefire.test.class.path", System.getProperty("java.class.path"));
  }

  private static int freePort() {
    try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      return socket.getLocalPort();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
