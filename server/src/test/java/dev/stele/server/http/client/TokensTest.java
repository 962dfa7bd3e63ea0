package dev.stele.server.http.client;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.errorprone.annotations.CanIgnoreReturnValue;
import dev.stele.server.testing.TestServer;
import dev.stele.server.testing.TestServer.Answer;
import dev.stele.server.testing.TestServer.Client;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** Refreshing tokens, and login by token. */
final class TokensTest {
  private static TestServer server;

  @BeforeAll
  static void start() {
    server = new TestServer();
  }

  @AfterAll
  static void stop() {
    server.close();
  }

  @Test
  void login_withoutRefreshToken_givesATokenForEver() {
    Answer login = logIn("forever", "");

    assertThat(login.json().has("refresh_token")).isFalse();
    assertThat(login.json().has("expires_in_ms")).isFalse();
  }

  @Test
  void register_withRefreshToken_getsOne() {
    Answer made =
        server
            .anonymous()
            .post(
                "/register",
                "{'username':'refresher','password':'password','refresh_token':true,"
                    + "'auth':{'type':'m.login.dummy'}}");

    assertThat(made.ok().path("refresh_token").asText()).startsWith("steler_");
    assertThat(made.json().path("expires_in_ms").asLong()).isEqualTo(3_600_000);
    refresh(made).ok();
  }

  @Test
  void refresh_token_givesOthersForTheSameDevice() {
    Answer login = logIn("rotates", ",'refresh_token':true,'device_id':'PHONE'");

    Answer refreshed = refresh(login);

    assertThat(refreshed.ok().path("expires_in_ms").asLong()).isEqualTo(3_600_000);
    assertThat(whoAmI(login).status()).isEqualTo(200);
    assertThat(whoAmI(refreshed).ok().path("device_id").asText()).isEqualTo("PHONE");
    assertThat(whoAmI(login).error()).isEqualTo("401 M_UNKNOWN_TOKEN");
    Answer stale = refresh(login);
    assertThat(stale.error()).isEqualTo("401 M_UNKNOWN_TOKEN");
    assertThat(stale.json().path("soft_logout").asBoolean()).isTrue();
    assertThat(whoAmI(refreshed).status()).isEqualTo(200);
  }

  @Test
  void refresh_answerWasLost_canBeRepeated() {
    Answer login = logIn("lossy", ",'refresh_token':true");
    Answer lost = refresh(login);

    Answer second = refresh(login);

    assertThat(whoAmI(second).status()).isEqualTo(200);
    assertThat(whoAmI(lost).error()).isEqualTo("401 M_UNKNOWN_TOKEN");
    assertThat(refresh(lost).error()).isEqualTo("401 M_UNKNOWN_TOKEN");
    assertThat(refresh(login).error()).isEqualTo("401 M_UNKNOWN_TOKEN");
    refresh(second).ok();
  }

  @Test
  void refresh_useOfTheNewRefreshToken_voidsTheOldTokens() {
    Answer login = logIn("chain", ",'refresh_token':true");
    Answer second = refresh(login);

    Answer third = refresh(second);

    assertThat(refresh(login).error()).isEqualTo("401 M_UNKNOWN_TOKEN");
    assertThat(whoAmI(login).error()).isEqualTo("401 M_UNKNOWN_TOKEN");
    assertThat(whoAmI(second).status()).isEqualTo(200);
    assertThat(whoAmI(third).status()).isEqualTo(200);
    assertThat(whoAmI(second).error()).isEqualTo("401 M_UNKNOWN_TOKEN");
  }

  @Test
  void refresh_afterLogOut_isAHardLogout() {
    Answer login = logIn("gone", ",'refresh_token':true");
    client(login).post("/logout", "{}").ok();

    Answer refused = refresh(login);

    assertThat(refused.error()).isEqualTo("401 M_UNKNOWN_TOKEN");
    assertThat(refused.json().path("soft_logout").asBoolean()).isFalse();
  }

  @Test
  void refresh_afterLoginOnTheSameDevice_isVoid() {
    Answer login = logIn("again", ",'refresh_token':true,'device_id':'PHONE'");
    Answer next = refresh(login);
    logIn("again", ",'device_id':'PHONE'");

    assertThat(refresh(login).error()).isEqualTo("401 M_UNKNOWN_TOKEN");
    assertThat(refresh(next).error()).isEqualTo("401 M_UNKNOWN_TOKEN");
    assertThat(whoAmI(next).error()).isEqualTo("401 M_UNKNOWN_TOKEN");
  }

  @Test
  void refresh_badRequests_areTold() {
    Client anybody = server.anonymous();
    Answer login = logIn("confused", ",'refresh_token':true");

    assertThat(anybody.post("/refresh", "{}").error()).isEqualTo("400 M_MISSING_PARAM");
    assertThat(anybody.post("/refresh", "{'refresh_token':1}").error()).isEqualTo("400 M_BAD_JSON");
    assertThat(anybody.post("/refresh", "{'refresh_token':'guessed'}").error())
        .isEqualTo("401 M_UNKNOWN_TOKEN");
    String access = login.json().path("access_token").asText();
    assertThat(anybody.post("/refresh", "{'refresh_token':'" + access + "'}").error())
        .isEqualTo("401 M_UNKNOWN_TOKEN");
    String token = login.json().path("refresh_token").asText();
    assertThat(new Client(server, null, token).get("/account/whoami").error())
        .isEqualTo("401 M_UNKNOWN_TOKEN");
  }

  @Test
  void accessToken_expired_isASoftLogoutThatKeepsTheDevice() {
    try (TestServer shortLived =
        new TestServer(
            "sessions: { plain_token_lifetime: 300ms, refreshable_token_lifetime: 300ms }\n")) {
      Answer made =
          shortLived
              .anonymous()
              .post(
                  "/register",
                  "{'username':'expires','password':'password','refresh_token':true,"
                      + "'device_id':'KEPT','initial_device_display_name':'Kept',"
                      + "'auth':{'type':'m.login.dummy'}}");
      Client client =
          new Client(shortLived, "@expires:test", made.ok().path("access_token").asText());

      Answer refused = client.get("/account/whoami");
      while (refused.status() == 200) {
        refused = client.get("/account/whoami");
      }

      assertThat(refused.error()).isEqualTo("401 M_UNKNOWN_TOKEN");
      assertThat(refused.json().path("soft_logout").asBoolean()).isTrue();
      Answer refreshed = refresh(shortLived, made);
      assertThat(refreshed.ok().path("expires_in_ms").asLong()).isEqualTo(300);
      Answer login =
          shortLived
              .anonymous()
              .post(
                  "/login",
                  "{'type':'m.login.password','user':'expires','password':'password',"
                      + "'device_id':'KEPT'}");
      assertThat(login.ok().path("expires_in_ms").asLong()).isEqualTo(300);
      Client again =
          new Client(shortLived, "@expires:test", login.json().path("access_token").asText());
      assertThat(again.get("/devices/KEPT").ok().path("display_name").asText()).isEqualTo("Kept");
    }
  }

  @Test
  void loginToken_confirmedByPassword_logsInOnce() {
    Client alice = server.register("giver");
    Answer challenge = alice.post("/_matrix/client/v1/login/get_token", "{}");
    assertThat(challenge.status()).isEqualTo(401);
    String auth = auth("giver", challenge.json().path("session").asText());

    Answer given = alice.post("/_matrix/client/v1/login/get_token", auth);

    assertThat(given.ok().path("expires_in_ms").asLong()).isEqualTo(120_000);
    String token = given.json().path("login_token").asText();
    Answer login = logInBy(token);
    assertThat(login.ok().path("user_id").asText()).isEqualTo("@giver:test");
    assertThat(whoAmI(login).status()).isEqualTo(200);
    assertThat(logInBy(token).error()).isEqualTo("403 M_FORBIDDEN");
    assertThat(alice.post("/_matrix/client/v1/login/get_token", sessionOf(challenge)).status())
        .isEqualTo(401);
  }

  @Test
  void loginToken_usedAtOnceByMany_logsInOne() {
    Client alice = server.register("racer");
    String token =
        alice
            .post("/_matrix/client/v1/login/get_token", auth("racer", null))
            .ok()
            .path("login_token")
            .asText();
    String login = "{'type':'m.login.token','token':'" + token + "'}";
    var first = server.anonymous().postLater("/login", login);
    var second = server.anonymous().postLater("/login", login);
    var third = server.anonymous().postLater("/login", login);

    assertThat(
            java.util.stream.Stream.of(first, second, third)
                .filter(answer -> answer.join().status() == 200))
        .hasSize(1);
  }

  @Test
  void loginToken_noneOrOfAnotherKind_isForbidden() {
    Client alice = server.register("trickster");

    assertThat(logInBy("guessed").error()).isEqualTo("403 M_FORBIDDEN");
    assertThat(logInBy(alice.token()).error()).isEqualTo("403 M_FORBIDDEN");
    assertThat(server.anonymous().post("/login", "{'type':'m.login.token'}").error())
        .isEqualTo("400 M_MISSING_PARAM");
    assertThat(server.anonymous().post("/_matrix/client/v1/login/get_token", "{}").error())
        .isEqualTo("401 M_MISSING_TOKEN");
  }

  @Test
  void loginFlows_andCapability_tellOfLoginTokens() {
    Client alice = server.register("curious");

    assertThat(server.anonymous().get("/login").ok().at("/flows/1/type").asText())
        .isEqualTo("m.login.token");
    assertThat(server.anonymous().get("/login").ok().at("/flows/1/get_login_token").asBoolean())
        .isTrue();
    assertThat(
            alice
                .get("/capabilities")
                .ok()
                .at("/capabilities/m.get_login_token/enabled")
                .asBoolean())
        .isTrue();
  }

  @Test
  void loginToken_switchedOff_isNotThere() {
    try (AccountServer without = new AccountServer("sessions: { login_tokens: false }\n")) {
      String token = without.register("alice").token();

      assertThat(without.post("/_matrix/client/v1/login/get_token", token, "{}").error())
          .isEqualTo("404 M_UNRECOGNIZED");
      assertThat(without.get("/login", null).json().path("flows")).hasSize(1);
      assertThat(
              without
                  .post("/login", null, "{\"type\": \"m.login.token\", \"token\": \"x\"}")
                  .error())
          .isEqualTo("400 M_UNKNOWN");
      assertThat(
              without
                  .get("/capabilities", token)
                  .json()
                  .at("/capabilities/m.get_login_token/enabled")
                  .asBoolean(true))
          .isFalse();
    }
  }

  @CanIgnoreReturnValue
  private static Answer logIn(String user, String more) {
    if (server
        .anonymous()
        .get("/register/available?username=" + user)
        .json()
        .path("available")
        .asBoolean()) {
      server.register(user);
    }
    Answer answer =
        server
            .anonymous()
            .post(
                "/login",
                "{'type':'m.login.password','password':'password','user':'"
                    + user
                    + "'"
                    + more
                    + "}");
    answer.ok();
    return answer;
  }

  private static Answer logInBy(String token) {
    return server.anonymous().post("/login", "{'type':'m.login.token','token':'" + token + "'}");
  }

  private static Answer refresh(Answer session) {
    return refresh(server, session);
  }

  private static Answer refresh(TestServer at, Answer session) {
    String token = session.json().path("refresh_token").asText();
    return at.anonymous().post("/refresh", "{'refresh_token':'" + token + "'}");
  }

  private static Answer whoAmI(Answer session) {
    return client(session).get("/account/whoami");
  }

  private static Client client(Answer session) {
    return new Client(server, null, session.json().path("access_token").asText());
  }

  private static String sessionOf(Answer challenge) {
    return "{'auth':{'session':'" + challenge.json().path("session").asText() + "'}}";
  }

  private static String auth(String user, String session) {
    return "{'auth':{'type':'m.login.password','password':'password',"
        + "'identifier':{'type':'m.id.user','user':'"
        + user
        + "'}"
        + (session == null ? "" : ",'session':'" + session + "'")
        + "}}";
  }
}
