package dev.stele.server.client;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/**
 * The programs of {@code src/test/node}, copied to where npm may put their libraries. Those are
 * fetched once, and again when {@code package-lock.json} has changed.
 */
record NodeProject(Path directory) {
  private static final Path SOURCES = Path.of("src", "test", "node");

  /** How long the libraries may take to come. */
  private static final long LIMIT_MINUTES = 5;

  /** Where the build puts Node when the machine has none. */
  private static final Path OWN = Path.of("target", "frontend", "node").toAbsolutePath();

  static NodeProject prepare() throws IOException, InterruptedException {
    NodeProject project = new NodeProject(Path.of("target", "node").toAbsolutePath());
    Files.createDirectories(project.directory);
    if (!project.isInstalled()) {
      project.copySources();
      project.install();
      Files.copy(project.lock(), project.installed(), StandardCopyOption.REPLACE_EXISTING);
    }
    project.copySources();
    return project;
  }

  /** Runs a program; its errors go to its output. */
  ProcessBuilder program(String name) {
    String node = Files.exists(OWN) ? OWN.resolve("node").toString() : "node";
    return new ProcessBuilder(node, name).directory(directory.toFile()).redirectErrorStream(true);
  }

  private Path lock() {
    return directory.resolve("package-lock.json");
  }

  private Path installed() {
    return directory.resolve("node_modules").resolve("installed-lock.json");
  }

  private boolean isInstalled() throws IOException {
    return Files.exists(installed())
        && Files.mismatch(installed(), SOURCES.resolve("package-lock.json")) < 0;
  }

  private void copySources() throws IOException {
    try (Stream<Path> files = Files.list(SOURCES)) {
      for (Path file : files.filter(Files::isRegularFile).toList()) {
        Files.copy(
            file,
            directory.resolve(file.getFileName()),
            StandardCopyOption.REPLACE_EXISTING,
            StandardCopyOption.COPY_ATTRIBUTES);
      }
    }
  }

  private void install() throws IOException, InterruptedException {
    List<String> npm =
        Files.exists(OWN)
            ? List.of(
                OWN.resolve("node").toString(),
                OWN.resolve(Path.of("node_modules", "npm", "bin", "npm-cli.js")).toString())
            : List.of("npm");
    ProcessBuilder builder =
        new ProcessBuilder(
            Stream.concat(npm.stream(), Stream.of("ci", "--ignore-scripts", "--no-audit"))
                .toList());
    Process process = builder.directory(directory.toFile()).redirectErrorStream(true).start();
    CompletableFuture.delayedExecutor(LIMIT_MINUTES, TimeUnit.MINUTES).execute(process::destroy);
    String output = read(process);
    if (process.waitFor() != 0) {
      throw new AssertionError("npm ci failed:\n" + output);
    }
  }

  static String read(Process process) {
    try {
      return new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
