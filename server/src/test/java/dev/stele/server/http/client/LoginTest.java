package dev.stele.server.http.client;

import static org.assertj.core.api.Assertions.assertThat;

import dev.stele.server.http.client.AccountServer.Answer;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class LoginTest {
  private static AccountServer server;

  @BeforeAll
  static void start() {
    server = new AccountServer("");
    server.register("alice");
  }

  @AfterAll
  static void stop() {
    server.close();
  }

  @Test
  void flows_offerThePassword() {
    assertThat(server.get("/login", null).json().at("/flows/0/type").asText())
        .isEqualTo("m.login.password");
  }

  @ParameterizedTest
  @ValueSource(strings = {"alice", "Alice", "@alice:hs1", "@ALICE:hs1"})
  void login_anyFormOfTheName_isLetIn(String user) {
    Answer answer = logIn(user, "password", "");

    assertThat(answer.status()).isEqualTo(200);
    assertThat(answer.text("user_id")).isEqualTo("@alice:hs1");
    assertThat(answer.text("device_id")).isNotEmpty();
    assertThat(server.get("/account/whoami", answer.token()).status()).isEqualTo(200);
  }

  @Test
  void login_legacyUserField_isLetIn() {
    Answer answer =
        server.post(
            "/login",
            null,
            """
            {"type": "m.login.password", "user": "alice", "password": "password"}
            """);

    assertThat(answer.text("user_id")).isEqualTo("@alice:hs1");
  }

  @Test
  void login_wrongPasswordOrUser_isForbiddenAlike() {
    Answer wrong = logIn("alice", "wrong", "");
    Answer nobody = logIn("nobody", "password", "");
    Answer elsewhere = logIn("@alice:hs2", "password", "");

    assertThat(wrong.error()).isEqualTo("403 M_FORBIDDEN");
    assertThat(nobody).isEqualTo(wrong);
    assertThat(elsewhere).isEqualTo(wrong);
  }

  @Test
  void login_badRequests_areTold() {
    assertThat(server.post("/login", null, "{}").error()).isEqualTo("400 M_MISSING_PARAM");
    assertThat(server.post("/login", null, "{\"type\": \"m.login.magic\"}").error())
        .isEqualTo("400 M_UNKNOWN");
    assertThat(
            server
                .post(
                    "/login",
                    null,
                    """
                    {"type": "m.login.password", "password": "password",
                     "identifier": {"type": "m.id.phone"}}
                    """)
                .error())
        .isEqualTo("400 M_UNKNOWN");
    assertThat(
            server
                .post("/login", null, "{\"type\": \"m.login.password\", \"user\": \"alice\"}")
                .error())
        .isEqualTo("400 M_MISSING_PARAM");
    assertThat(logIn("alice", "password", ", \"device_id\": \"" + "x".repeat(300) + "\"").error())
        .isEqualTo("400 M_INVALID_PARAM");
  }

  @Test
  void login_knownDevice_voidsItsEarlierToken() {
    String device = ", \"device_id\": \"REUSED\"";
    String first = logIn("alice", "password", device).token();
    assertThat(server.get("/account/whoami", first).status()).isEqualTo(200);

    String second = logIn("alice", "password", device).token();

    assertThat(server.get("/account/whoami", first).error()).isEqualTo("401 M_UNKNOWN_TOKEN");
    assertThat(server.get("/account/whoami", second).text("device_id")).isEqualTo("REUSED");
  }

  @Test
  void logout_token_isDeadAtOnceAndOthersLive() {
    String gone = logIn("alice", "password", "").token();
    String stays = logIn("alice", "password", "").token();
    assertThat(server.get("/account/whoami", gone).status()).isEqualTo(200);

    assertThat(server.post("/logout", gone, "").status()).isEqualTo(200);

    assertThat(server.get("/account/whoami", gone).error()).isEqualTo("401 M_UNKNOWN_TOKEN");
    assertThat(server.get("/account/whoami", stays).status()).isEqualTo(200);
  }

  @Test
  void logoutAll_everyToken_isDead() {
    String first = server.register("bob").token();
    String second =
        server
            .post(
                "/login",
                null,
                """
                {"type": "m.login.password", "user": "bob", "password": "password"}
                """)
            .token();

    assertThat(server.post("/logout/all", first, "{}").status()).isEqualTo(200);

    assertThat(server.get("/account/whoami", first).error()).isEqualTo("401 M_UNKNOWN_TOKEN");
    assertThat(server.get("/account/whoami", second).error()).isEqualTo("401 M_UNKNOWN_TOKEN");
  }

  @Test
  void whoami_noOrForeignToken_isRefused() {
    assertThat(server.get("/account/whoami", null).error()).isEqualTo("401 M_MISSING_TOKEN");
    assertThat(server.get("/account/whoami", "syt_foreign").error())
        .isEqualTo("401 M_UNKNOWN_TOKEN");
    assertThat(server.get("/account/whoami", "stele_" + "x".repeat(43)).error())
        .isEqualTo("401 M_UNKNOWN_TOKEN");
  }

  private static Answer logIn(String user, String password, String more) {
    return server.post(
        "/login",
        null,
        """
        {"type": "m.login.password", "identifier": {"type": "m.id.user", "user": "%s"},
         "password": "%s"%s}
        """
            .formatted(user, password, more));
  }
}
