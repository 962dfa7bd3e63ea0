package dev.stele.server.http.client;

import static org.assertj.core.api.Assertions.assertThat;

import dev.stele.server.http.client.AccountServer.Answer;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class RegisterTest {
  private static AccountServer server;

  @BeforeAll
  static void start() {
    server = new AccountServer("");
  }

  @AfterAll
  static void stop() {
    server.close();
  }

  @Test
  void register_withoutAuth_asksForTheDummyStage() {
    Answer answer = server.post("/register", null, "{}");

    assertThat(answer.status()).isEqualTo(401);
    assertThat(answer.json().at("/flows/0/stages/0").asText()).isEqualTo("m.login.dummy");
    assertThat(answer.text("session")).isNotEmpty();
    assertThat(answer.json().has("errcode")).isFalse();
  }

  @Test
  void register_inASession_makesTheAccountThatWasAskedForFirst() {
    String first =
        """
        {"username": "session", "password": "password", "device_id": "PHONE"}
        """;
    String session = server.post("/register", null, first).text("session");

    Answer answer =
        server.post(
            "/register",
            null,
            """
            {"auth": {"type": "m.login.dummy", "session": "%s"}}
            """
                .formatted(session));

    assertThat(answer.status()).isEqualTo(200);
    assertThat(answer.text("user_id")).isEqualTo("@session:hs1");
    assertThat(answer.text("device_id")).isEqualTo("PHONE");
    Answer who = server.get("/account/whoami", answer.token());
    assertThat(who.text("user_id")).isEqualTo("@session:hs1");
    assertThat(who.text("device_id")).isEqualTo("PHONE");
  }

  @Test
  void register_capitals_becomeSmall() {
    assertThat(server.register("CapitalS").text("user_id")).isEqualTo("@capitals:hs1");
  }

  @Test
  void register_withoutUsername_isGivenOne() {
    Answer answer =
        server.post(
            "/register",
            null,
            "{\"password\": \"password\", \"auth\": {\"type\": \"m.login.dummy\"}}");

    assertThat(answer.text("user_id")).matches("@[a-z2-7]{16}:hs1");
  }

  @Test
  void register_inhibitLogin_tellsNoToken() {
    Answer answer =
        server.post(
            "/register",
            null,
            """
            {"username": "inhibited", "password": "password", "inhibit_login": true,
             "auth": {"type": "m.login.dummy"}}
            """);

    assertThat(answer.status()).isEqualTo(200);
    assertThat(answer.json().has("access_token")).isFalse();
    assertThat(answer.json().has("device_id")).isFalse();
  }

  @Test
  void register_nameTaken_isToldBeforeAuthentication() {
    server.register("taken");

    assertThat(server.register("taken").error()).isEqualTo("400 M_USER_IN_USE");
    assertThat(server.post("/register", null, "{\"username\": \"Taken\"}").error())
        .isEqualTo("400 M_USER_IN_USE");
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "sp ace", "@at:hs1", "h\\u00e9"})
  void register_badName_isInvalidUsername(String username) {
    assertThat(server.register(username).error()).isEqualTo("400 M_INVALID_USERNAME");
  }

  @Test
  void register_shortPassword_isWeak() {
    assertThat(
            server
                .post("/register", null, "{\"username\": \"weak\", \"password\": \"7 chars\"}")
                .error())
        .isEqualTo("400 M_WEAK_PASSWORD");
  }

  @Test
  void register_noPassword_isMissingParam() {
    assertThat(
            server
                .post(
                    "/register",
                    null,
                    "{\"username\": \"nopw\", \"auth\": {\"type\": \"m.login.dummy\"}}")
                .error())
        .isEqualTo("400 M_MISSING_PARAM");
  }

  @Test
  void register_wrongTypes_areBadJson() {
    assertThat(server.post("/register", null, "{\"username\": 1}").error())
        .isEqualTo("400 M_BAD_JSON");
    assertThat(server.post("/register", null, "{\"password\": {}}").error())
        .isEqualTo("400 M_BAD_JSON");
    assertThat(server.post("/register", null, "[]").error()).isEqualTo("400 M_BAD_JSON");
    assertThat(server.post("/register", null, "{").error()).isEqualTo("400 M_NOT_JSON");
  }

  @Test
  void register_guest_isForbidden() {
    assertThat(server.post("/register?kind=guest", null, "{}").error())
        .isEqualTo("403 M_FORBIDDEN");
    assertThat(server.post("/register?kind=robot", null, "{}").error())
        .isEqualTo("400 M_INVALID_PARAM");
  }

  @Test
  void available_freeTakenAndBadNames_areTold() {
    server.register("occupied");

    assertThat(server.get("/register/available?username=free", null).json().path("available"))
        .hasToString("true");
    assertThat(server.get("/register/available?username=occupied", null).error())
        .isEqualTo("400 M_USER_IN_USE");
    assertThat(server.get("/register/available?username=b%20d", null).error())
        .isEqualTo("400 M_INVALID_USERNAME");
    assertThat(server.get("/register/available", null).error()).isEqualTo("400 M_MISSING_PARAM");
  }

  @Test
  void sharedSecret_notConfigured_isUnrecognized() {
    assertThat(server.get("/_synapse/admin/v1/register", null).error())
        .isEqualTo("404 M_UNRECOGNIZED");
  }
}
