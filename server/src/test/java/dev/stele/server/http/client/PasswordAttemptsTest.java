package dev.stele.server.http.client;

import static org.assertj.core.api.Assertions.assertThat;

import dev.stele.server.testing.TestServer;
import dev.stele.server.testing.TestServer.Answer;
import dev.stele.server.testing.TestServer.Client;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** Whoever has a user's device, but not their password, cannot try many. */
final class PasswordAttemptsTest {
  /** What may be tried at once. */
  private static final int BURST = 10;

  /** Beyond the burst one comes every five seconds; nobody tries for longer than minutes here. */
  private static final int MANY = 50;

  private static TestServer server;

  @BeforeAll
  static void start() {
    server = TestServer.withRateLimits();
  }

  @AfterAll
  static void stop() {
    server.close();
  }

  @Test
  void attempts_tooMany_areRefused_onEveryWay_butNotThoseOfOthers() {
    Client alice = server.register("alice");
    Client bob = server.register("bob");
    String session = alice.post("/delete_devices", devices("")).json().path("session").asText();

    int tried = 0;
    Answer answer = attempt(alice, "wrong");
    while (answer.status() == 401 && tried < MANY) {
      assertThat(answer.json().path("errcode").asText()).isEqualTo("M_FORBIDDEN");
      tried++;
      answer = attempt(alice, "wrong");
    }

    assertThat(tried).isGreaterThanOrEqualTo(BURST);
    assertThat(answer.error()).isEqualTo("429 M_LIMIT_EXCEEDED");
    assertThat(answer.json().path("retry_after_ms").asLong()).isBetween(1L, 5_000L);
    Answer onThePage =
        server
            .anonymous()
            .post(
                "/auth/m.login.password/fallback/web?session=" + session,
                "{'password':'password'}");
    assertThat(onThePage.error()).isEqualTo("429 M_LIMIT_EXCEEDED");
    assertThat(attempt(bob, "password").status()).isEqualTo(200);
  }

  private static Answer attempt(Client client, String password) {
    return client.post(
        "/delete_devices",
        devices(",'auth':{'type':'m.login.password','password':'" + password + "'}"));
  }

  private static String devices(String auth) {
    return "{'devices':['NONE']" + auth + "}";
  }
}
