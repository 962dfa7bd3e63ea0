package dev.stele.server.cli;

import dev.stele.server.settings.Loaded;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

@Command(
    name = "create",
    description = {
      "Make an account.",
      "While the server runs, give its URL: the account is made through it, with the",
      "registration.shared_secret of the settings. Otherwise it is made in the data directory."
    })
final class UserCreateCommand implements Callable<Integer> {
  private final Offline offline;
  @Mixin private final SettingsOptions options = new SettingsOptions();

  @Option(
      names = "--username",
      required = true,
      paramLabel = "NAME",
      description = "The part of the user id before the colon, without '@'.")
  private String username = "";

  @ArgGroup(multiplicity = "1")
  private PasswordSource password = new PasswordSource();

  @Option(names = "--admin", description = "The user administers the server.")
  private boolean admin;

  @Option(names = "--url", paramLabel = "URL", description = "The running server.")
  private @Nullable URI url;

  UserCreateCommand(Offline offline) {
    this.offline = offline;
  }

  /** Where the password comes from. */
  static final class PasswordSource {
    @Option(
        names = "--password",
        arity = "0..1",
        interactive = true,
        description = "The password; asked for when none follows.")
    private char @Nullable [] given;

    @Option(names = "--password-stdin", description = "Read the password from standard input.")
    private boolean stdin;

    String read() throws IOException {
      if (!stdin) {
        return given == null ? "" : new String(given);
      }
      String line =
          new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8)).readLine();
      return line == null ? "" : line;
    }
  }

  @Override
  public Integer call() throws IOException {
    Loaded loaded = options.load(offline.terminal().environment());
    NewUser user = new NewUser(username, password.read(), admin);
    if (user.password().isEmpty()) {
      throw new CannotRun("the password is empty");
    }
    offline.terminal().out().println("made " + create(loaded, user));
    return 0;
  }

  private String create(Loaded loaded, NewUser user) {
    if (url != null) {
      String secret =
          loaded
              .settings()
              .registration()
              .sharedSecret()
              .orElseThrow(() -> new CannotRun("--url needs registration.shared_secret as well"));
      return new SharedSecretClient(url, secret).register(user);
    }
    return offline.run(
        loaded, (vertx, settings) -> offline.operations().createUser(vertx, settings, user));
  }
}
