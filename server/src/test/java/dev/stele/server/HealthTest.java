package dev.stele.server;

import static org.assertj.core.api.Assertions.assertThat;

import dev.stele.server.testing.TestServer;
import dev.stele.server.testing.TestServer.Answer;
import org.junit.jupiter.api.Test;

/** What supervisors and load balancers ask. What they hear of a database is in OutageTest. */
final class HealthTest {
  @Test
  void health_andReady_sayOk() {
    try (TestServer server = new TestServer()) {
      for (String path : new String[] {"/health", "/ready"}) {
        Answer answer = get(server, path);
        assertThat(answer.status()).as(path).isEqualTo(200);
        assertThat(answer.json()).hasToString("{\"status\":\"ok\"}");
      }
      assertThat(server.anonymous().request("POST", "/ready").error())
          .isEqualTo("404 M_UNRECOGNIZED");
    }
  }

  @Test
  void ready_draining_isNot_butRequestsAreServed() {
    try (TestServer server = new TestServer()) {
      server.homeserver().drain();

      assertThat(get(server, "/ready").status()).isEqualTo(503);
      assertThat(get(server, "/ready").json())
          .hasToString("{\"status\":\"unavailable\",\"because\":[\"draining\"]}");
      assertThat(get(server, "/health").status()).isEqualTo(200);
      assertThat(server.anonymous().get("/_matrix/client/versions").status()).isEqualTo(200);
    }
  }

  private static Answer get(TestServer server, String path) {
    return server.anonymous().getPlain(path);
  }
}
