package dev.stele.server.http.client;

import static org.assertj.core.api.Assertions.assertThat;

import dev.stele.server.testing.TestServer;
import dev.stele.server.testing.TestServer.Client;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

final class AuthFallbackTest {
  private static final String PAGE = "/auth/m.login.dummy/fallback/web";
  private static final String PASSWORD_PAGE = "/auth/m.login.password/fallback/web";

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
  void page_stageThatTheSessionWaitsFor_isHtmlThatTellsTheClient() throws Exception {
    HttpResponse<String> page = page(PAGE, session("{'username':'page','password':'password'}"));

    assertThat(page.statusCode()).isEqualTo(200);
    assertThat(page.headers().firstValue("Content-Type")).contains("text/html; charset=utf-8");
    assertThat(page.body()).contains("window.onAuthDone()", "postMessage(\"authDone\", \"*\")");
  }

  @Test
  void submit_stage_isPassedForTheOperation() {
    String session = session("{'username':'apart','password':'password'}");

    assertThat(server.anonymous().post(PAGE + "?session=" + session, "{}").status()).isEqualTo(200);

    assertThat(
            server
                .anonymous()
                .post("/register", "{'auth':{'session':'" + session + "'}}")
                .ok()
                .path("user_id")
                .asText())
        .isEqualTo("@apart:test");
  }

  @Test
  void page_wrongStageOrSession_isRefused() {
    String session = session("{}");
    var anybody = server.anonymous();

    assertThat(anybody.get(PAGE).error()).isEqualTo("400 M_MISSING_PARAM");
    assertThat(anybody.get(PAGE + "?session=guessed").error()).isEqualTo("404 M_NOT_FOUND");
    assertThat(anybody.post(PAGE + "?session=guessed", "{}").error()).isEqualTo("404 M_NOT_FOUND");
    assertThat(anybody.get("/auth/m.login.magic/fallback/web?session=" + session).error())
        .isEqualTo("404 M_NOT_FOUND");
    assertThat(anybody.get("/auth/m.login.password/fallback/web?session=" + session).error())
        .isEqualTo("404 M_NOT_FOUND");
  }

  /** An operation that asks for the password of whoever is logged in. */
  private static String confirmation(Client user) {
    return user.post("/delete_devices", "{'devices':['SPARE']}").json().path("session").asText();
  }

  @Test
  void passwordPage_asksForThePassword_andTellsTheClient() throws Exception {
    String session = confirmation(server.register("asked"));

    HttpResponse<String> page = page(PASSWORD_PAGE, session);

    assertThat(page.statusCode()).isEqualTo(200);
    assertThat(page.headers().firstValue("Content-Type")).contains("text/html; charset=utf-8");
    assertThat(page.body())
        .contains("name=\"password\" type=\"password\"", "window.onAuthDone()")
        .doesNotContain("{title}", "{text}", "{fields}");
  }

  @Test
  void passwordPage_submitted_passesTheStage_onlyWithThePassword() {
    Client user = server.register("confirms");
    String login =
        "{'type':'m.login.password','user':'confirms','password':'password','device_id':'SPARE'}";
    server.anonymous().post("/login", login).ok();
    String session = confirmation(user);
    String page = PASSWORD_PAGE + "?session=" + session;
    String wholeAuth = "{'devices':['SPARE'],'auth':{'session':'" + session + "'}}";
    Client anybody = server.anonymous();

    assertThat(anybody.post(page, "{'password':'wrong'}").error()).isEqualTo("403 M_FORBIDDEN");
    assertThat(anybody.post(page, "{}").error()).isEqualTo("400 M_MISSING_PARAM");
    assertThat(user.post("/delete_devices", wholeAuth).status()).isEqualTo(401);
    assertThat(user.get("/devices/SPARE").status()).isEqualTo(200);

    anybody.post(page, "{'password':'password'}").ok();

    assertThat(anybody.post(page, "{'password':'password'}").error()).isEqualTo("404 M_NOT_FOUND");
    user.post("/delete_devices", wholeAuth).ok();
    assertThat(user.get("/devices/SPARE").error()).isEqualTo("404 M_NOT_FOUND");
  }

  private static String session(String request) {
    return server.anonymous().post("/register", request).json().path("session").asText();
  }

  private static HttpResponse<String> page(String page, String session)
      throws IOException, InterruptedException {
    return HttpClient.newHttpClient()
        .send(
            HttpRequest.newBuilder(
                    URI.create(server.url() + "/_matrix/client/v3" + page + "?session=" + session))
                .build(),
            HttpResponse.BodyHandlers.ofString());
  }
}
