package dev.stele.eventstore.embedded;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/**
 * The account under which PostgreSQL's programs run. PostgreSQL refuses to be root, so a process
 * that is root gives its children a name that is not: in a user namespace of their own, in which
 * root's files are still theirs, or else, where namespaces are forbidden, as {@code nobody}.
 *
 * @param prefix the words that stand before each command line
 * @param owner the number of the user who must own the files, or our own
 */
record Account(List<String> prefix, int owner) {
  private static final int ROOT = 0;
  private static final int NOBODY = 65534;
  private static final List<String> OWN_SESSION = List.of("setsid");
  private static final List<String> OWN_NAMESPACE = List.of("unshare", "--user");
  private static final List<String> AS_NOBODY =
      List.of("setpriv", "--reuid=" + NOBODY, "--regid=" + NOBODY, "--clear-groups");

  /** Finds out what works here by asking PostgreSQL for its version. */
  static Account probe(Binaries binaries, Path directory) throws IOException {
    int us = (Integer) Files.getAttribute(directory.resolve("stele.lock"), "unix:uid");
    if (us != ROOT) {
      return inOwnSession(List.of(), us, binaries);
    }
    if (runs(OWN_NAMESPACE, binaries)) {
      return inOwnSession(OWN_NAMESPACE, us, binaries);
    }
    if (runs(AS_NOBODY, binaries)) {
      return inOwnSession(AS_NOBODY, NOBODY, binaries);
    }
    throw new CannotRunPostgres(
        "PostgreSQL does not run as root, and neither \"unshare --user\" nor \"setpriv\" works on "
            + directory
            + ": start as an ordinary user, or set database.url");
  }

  /** A terminal's Ctrl-C goes to a whole session: PostgreSQL must not go before its users. */
  private static Account inOwnSession(List<String> prefix, int owner, Binaries binaries) {
    List<String> whole = Stream.concat(OWN_SESSION.stream(), prefix.stream()).toList();
    return new Account(runs(whole, binaries) ? whole : prefix, owner);
  }

  private static boolean runs(List<String> prefix, Binaries binaries) {
    List<String> words = new ArrayList<>(prefix);
    words.add(binaries.program("postgres").toString());
    words.add("--version");
    try {
      Process process = new ProcessBuilder(words).redirectErrorStream(true).start();
      process.getOutputStream().close();
      process.getInputStream().readAllBytes();
      return process.waitFor() == 0;
    } catch (IOException noSuchProgram) {
      return false;
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return false;
    }
  }

  /** A command that is run as this account, standard error joined to standard output. */
  ProcessBuilder command(Path program, List<String> arguments) {
    List<String> words = new ArrayList<>(prefix);
    words.add(program.toString());
    words.addAll(arguments);
    ProcessBuilder builder = new ProcessBuilder(words).redirectErrorStream(true);
    builder.environment().keySet().removeIf(name -> name.startsWith("PG"));
    builder.environment().put("TZ", "UTC");
    builder.environment().put("LC_ALL", "C");
    return builder;
  }

  /** Runs a command to its end, at most a minute, and fails with what it printed. */
  void run(Path program, List<String> arguments, String input)
      throws IOException, InterruptedException {
    Process process = command(program, arguments).start();
    try (var stdin = process.outputWriter(StandardCharsets.UTF_8)) {
      stdin.write(input);
    }
    String output;
    try (InputStream stdout = process.getInputStream()) {
      output = new String(stdout.readAllBytes(), StandardCharsets.UTF_8).strip();
    }
    if (!process.waitFor(1, TimeUnit.MINUTES) || process.exitValue() != 0) {
      process.destroyForcibly();
      throw new CannotRunPostgres(program.getFileName() + " failed: " + output);
    }
  }
}
