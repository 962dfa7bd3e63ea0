package dev.stele.server.http.client;

import static org.assertj.core.api.Assertions.assertThat;

import dev.stele.server.testing.TestServer;
import dev.stele.server.testing.TestServer.Client;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

final class OpenIdTest {
  private static final String USER_INFO = "/_matrix/federation/v1/openid/userinfo";

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
  void token_ofAUser_tellsServicesWhoTheyAre() {
    Client alice = server.register("alice");

    var token = alice.post("/user/@alice:test/openid/request_token", "{}").ok();

    assertThat(token.path("token_type").asText()).isEqualTo("Bearer");
    assertThat(token.path("matrix_server_name").asText()).isEqualTo("test");
    assertThat(token.path("expires_in").asLong()).isEqualTo(3600);
    String access = token.path("access_token").asText();
    assertThat(server.anonymous().get(USER_INFO + "?access_token=" + access).ok())
        .hasToString("{\"sub\":\"@alice:test\"}");
    assertThat(new Client(server, null, access).get("/account/whoami").error())
        .isEqualTo("401 M_UNKNOWN_TOKEN");
  }

  @Test
  void token_forAnotherUser_isForbidden() {
    Client bob = server.register("bob");

    assertThat(bob.post("/user/@alice:test/openid/request_token", "{}").error())
        .isEqualTo("403 M_FORBIDDEN");
    assertThat(server.anonymous().post("/user/@bob:test/openid/request_token", "{}").error())
        .isEqualTo("401 M_MISSING_TOKEN");
  }

  @Test
  void userInfo_noToken_isUnauthorized() {
    Client carol = server.register("carol");

    assertThat(server.anonymous().get(USER_INFO).error()).isEqualTo("401 M_MISSING_TOKEN");
    assertThat(server.anonymous().get(USER_INFO + "?access_token=guessed").error())
        .isEqualTo("401 M_UNKNOWN_TOKEN");
    assertThat(server.anonymous().get(USER_INFO + "?access_token=" + carol.token()).error())
        .isEqualTo("401 M_UNKNOWN_TOKEN");
  }
}
