package dev.stele.load.command;

import dev.stele.load.client.Account;
import dev.stele.load.client.Registration;
import dev.stele.load.client.Target;
import dev.stele.load.measure.ProcessWatch;
import dev.stele.load.scenario.Memory;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** Which server, and who its users are. */
final class ServerOptions {
  @Option(
      names = "--target",
      paramLabel = "URL",
      description = "The homeserver. Default: http://127.0.0.1:8008")
  URI target = URI.create("http://127.0.0.1:8008");

  @Option(
      names = "--label",
      paramLabel = "NAME",
      description = "What it is called in results. Default: what it calls itself")
  String label = "";

  @Option(
      names = "--shared-secret",
      paramLabel = "SECRET",
      description =
          "Register users by this shared secret. Default: open registration (m.login.dummy)")
  @Nullable String sharedSecret;

  @Option(
      names = "--registration-token",
      paramLabel = "TOKEN",
      description = "Register users with this token.")
  @Nullable String registrationToken;

  @Option(
      names = "--users",
      paramLabel = "FILE",
      description =
          "Register nobody, but use the accounts in this file, each a line '@NAME:SERVER"
              + " ACCESS_TOKEN' or '@NAME:SERVER password=PASSWORD'.")
  @Nullable Path users;

  @Option(
      names = "--save-users",
      paramLabel = "FILE",
      description = "Write the accounts that were made to a file for --users.")
  @Nullable Path saveUsers;

  @Option(names = "--http2", description = "Speak HTTP/2. Default: HTTP/1.1")
  boolean http2;

  @Option(
      names = "--sources",
      paramLabel = "N",
      description =
          "Connect from N addresses, 127.0.0.1 to 127.0.0.N, for more connections than one"
              + " address has ports. Default: the system's choice")
  int sources;

  @Option(
      names = "--threads",
      paramLabel = "N",
      description = "Event loops of this generator. Default: 1")
  int threads = 1;

  @Option(
      names = "--pid",
      paramLabel = "[NAME=]PID",
      description =
          "Watch memory and processor time of this process and its children; may be given more"
              + " than once, such as for the database.")
  List<String> pids = new ArrayList<>();

  @Option(
      names = "--gc",
      description = "Have a Java server collect its garbage (jcmd) before a figure of memory.")
  boolean collectGarbage;

  Target where() {
    return new Target(target, sources, threads, http2);
  }

  Registration registration() throws IOException {
    if (users != null) {
      return new Registration.Existing(Account.read(users));
    }
    if (sharedSecret != null) {
      return new Registration.SharedSecret(sharedSecret);
    }
    return registrationToken == null
        ? new Registration.Open()
        : new Registration.WithToken(registrationToken);
  }

  Memory memory() {
    return new Memory(pids.stream().map(ServerOptions::watch).toList(), collectGarbage);
  }

  private static ProcessWatch watch(String pid) {
    int equals = pid.indexOf('=');
    try {
      return ProcessWatch.of(
          equals < 0 ? "server" : pid.substring(0, equals),
          Long.parseLong(pid.substring(equals + 1)));
    } catch (NumberFormatException e) {
      throw new IllegalArgumentException("pid: " + pid + " (expected: PID or NAME=PID)", e);
    }
  }
}
