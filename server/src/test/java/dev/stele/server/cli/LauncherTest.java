package dev.stele.server.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.FileTime;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The launcher, in a checkout, with a Java and a Maven that only say how they were called. */
final class LauncherTest {
  private static final String PATH = System.getenv("PATH");

  @TempDir Path directory;
  private Path checkout;
  private Path java;
  private Path target;

  private record Outcome(int status, String output) {}

  @BeforeEach
  void layOut() throws IOException {
    checkout = Files.createDirectories(directory.resolve("a checkout"));
    Files.copy(
        Path.of("..", "stele"), checkout.resolve("stele"), StandardCopyOption.COPY_ATTRIBUTES);
    Files.writeString(checkout.resolve("pom.xml"), "");
    Files.createDirectories(checkout.resolve("server/src/main"));
    Files.writeString(checkout.resolve("server/src/main/Main.java"), "");
    target = checkout.resolve("server/target");
    java = Files.createDirectories(directory.resolve("jdk/bin")).resolve("java");
    script(java, "echo java \"$@\"");
    release("17.0.1");
    script(
        Files.createDirectories(directory.resolve("maven")).resolve("mvn"),
        "echo mvn in \"$PWD\"; touch server/target/stele.jar");
  }

  @Test
  void run_built_passesArgumentsToTheJar() throws Exception {
    built();

    Outcome outcome = run(checkout.resolve("stele"), PATH, "serve", "--config", "a b.yaml");

    assertThat(outcome.status()).isZero();
    assertThat(outcome.output())
        .startsWith("java ")
        .endsWith(" -jar " + target.resolve("stele.jar") + " serve --config a b.yaml\n")
        .doesNotContain("mvn")
        .contains(" -Dstele.terminal=false ");
  }

  @Test
  void run_throughALink_findsTheCheckout() throws Exception {
    built();
    Path inner = Files.createSymbolicLink(directory.resolve("inner"), Path.of("a checkout/stele"));
    Path outer = Files.createSymbolicLink(directory.resolve("outer"), inner);

    assertThat(run(outer, PATH, "version").output()).contains(target + "/stele.jar version");
  }

  @Test
  void run_notBuilt_buildsOnceInTheCheckout() throws Exception {
    String path = directory.resolve("maven") + ":" + PATH;

    Outcome first = run(checkout.resolve("stele"), path, "version");
    Outcome second = run(checkout.resolve("stele"), path, "version");

    assertThat(first.output()).contains("stele: building", "mvn in " + checkout, "stele: built");
    assertThat(second.output()).startsWith("java ");
  }

  @Test
  void run_sourcesChanged_buildsAgain() throws Exception {
    built();
    Path source = checkout.resolve("server/src/main/Main.java");
    Files.setLastModifiedTime(source, FileTime.from(Instant.now().plusSeconds(60)));

    assertThat(run(checkout.resolve("stele"), directory.resolve("maven") + ":" + PATH).output())
        .contains("mvn in " + checkout);
  }

  @Test
  void run_buildFails_saysSoAndDoesNotRun() throws Exception {
    script(directory.resolve("maven/mvn"), "echo no such thing; exit 1");

    Outcome outcome = run(checkout.resolve("stele"), directory.resolve("maven") + ":" + PATH);

    assertThat(outcome.status()).isEqualTo(1);
    assertThat(outcome.output())
        .contains("no such thing", "stele: the build failed")
        .doesNotContain("java -");
  }

  @Test
  void run_oldJava_isRefused() throws Exception {
    built();
    release("11.0.2");

    Outcome outcome = run(checkout.resolve("stele"), PATH, "version");

    assertThat(outcome.status()).isEqualTo(1);
    assertThat(outcome.output())
        .isEqualTo("stele: " + java + ": version 11 (expected: 17 or newer)\n");
  }

  @Test
  void run_noJavaInJavaHome_isRefused() throws Exception {
    Files.delete(java);

    Outcome outcome = run(checkout.resolve("stele"), PATH, "version");

    assertThat(outcome.status()).isEqualTo(1);
    assertThat(outcome.output()).startsWith("stele: JAVA_HOME: ");
  }

  private void built() throws IOException {
    Files.createDirectories(target);
    Files.writeString(target.resolve("stele.jar"), "");
    Files.writeString(target.resolve("built"), "");
  }

  private void release(String version) throws IOException {
    Files.writeString(directory.resolve("jdk/release"), "JAVA_VERSION=\"" + version + "\"\n");
  }

  private static void script(Path file, String body) throws IOException {
    Files.writeString(file, "#!/bin/sh\n" + body + "\n");
    Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rwxr-xr-x"));
  }

  private Outcome run(Path launcher, String path, String... arguments)
      throws IOException, InterruptedException {
    List<String> command = new ArrayList<>(List.of(launcher.toString()));
    command.addAll(List.of(arguments));
    ProcessBuilder builder = new ProcessBuilder(command).directory(directory.toFile());
    builder.environment().putAll(Map.of("JAVA_HOME", directory.resolve("jdk").toString()));
    builder.environment().put("PATH", path);
    Process process = builder.redirectErrorStream(true).start();
    String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    return new Outcome(process.waitFor(), output);
  }
}
