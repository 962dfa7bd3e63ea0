package dev.stele.load.client;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class AccountTest {
  @TempDir Path directory;

  private Path file(String text) throws Exception {
    return Files.writeString(directory.resolve("users"), text);
  }

  @Test
  void read_tokensAndPasswords_areToldApart() throws Exception {
    Path file = file("# made by hand\n@a:hs token\n\n@b:hs   password=two words\n");
    assertThat(Account.read(file))
        .containsExactly(new Account("@a:hs", "token", ""), new Account("@b:hs", "", "two words"));
  }

  @Test
  void read_noSecret_isRefused() throws Exception {
    Path file = file("@a:hs\n");
    assertThatThrownBy(() -> Account.read(file))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("user: @a:hs (expected: @NAME:SERVER with a token or a password)");
  }
}
