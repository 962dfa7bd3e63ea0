package dev.stele.load.client;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * An account that exists before the run.
 *
 * @param userId such as {@code @alice:example.org}
 * @param token an access token, or empty
 * @param password its password, or empty when there is a token
 */
public record Account(String userId, String token, String password) {
  private static final String PASSWORD = "password=";

  public Account {
    if (!userId.startsWith("@") || token.isEmpty() == password.isEmpty()) {
      throw new IllegalArgumentException(
          "user: " + userId + " (expected: @NAME:SERVER with a token or a password)");
    }
  }

  /**
   * Reads a file with a line {@code @NAME:SERVER TOKEN} or {@code @NAME:SERVER password=PASSWORD}
   * for each account. Empty lines and those that begin with # say nothing.
   */
  public static List<Account> read(Path file) throws IOException {
    List<Account> accounts = new ArrayList<>();
    for (String line : Files.readAllLines(file, StandardCharsets.UTF_8)) {
      if (!line.isBlank() && !line.startsWith("#")) {
        accounts.add(parse(line.strip()));
      }
    }
    return accounts;
  }

  private static Account parse(String line) {
    int space = line.indexOf(' ');
    String userId = space < 0 ? line : line.substring(0, space);
    String secret = space < 0 ? "" : line.substring(space).strip();
    return secret.startsWith(PASSWORD)
        ? new Account(userId, "", secret.substring(PASSWORD.length()))
        : new Account(userId, secret, "");
  }
}
