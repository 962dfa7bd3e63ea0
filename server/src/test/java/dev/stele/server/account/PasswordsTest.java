package dev.stele.server.account;

import static dev.stele.server.http.TestEdge.await;
import static org.assertj.core.api.Assertions.assertThat;

import io.vertx.core.Vertx;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

final class PasswordsTest {
  private final Vertx vertx = Vertx.vertx();
  private final Passwords passwords = new Passwords(vertx, true);

  @AfterEach
  void close() {
    await(passwords.close());
    await(vertx.close());
  }

  @Test
  void matches_rightPassword_isTrue() {
    String hash = await(passwords.hash("secret"));

    assertThat(await(passwords.matches("secret", hash))).isTrue();
    assertThat(await(passwords.matches("Secret", hash))).isFalse();
  }

  @Test
  void matches_noHash_isFalseForAnyPassword() {
    assertThat(await(passwords.matches("", null))).isFalse();
    assertThat(await(passwords.matches("", "not a hash"))).isFalse();
  }

  @Test
  void hash_samePasswordTwice_differs() {
    assertThat(await(passwords.hash("secret"))).isNotEqualTo(await(passwords.hash("secret")));
  }
}
