package dev.stele.server.http;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class AuthenticationTest {
  private static final String CLOSED = "/_matrix/client/v3/rooms/!r:hs/state";
  private static final String OPTIONAL = "/_matrix/client/versions";
  private static TestEdge edge;
  private static Client client;

  @BeforeAll
  static void start() {
    edge = new TestEdge(new EchoResource());
    client = new Client(edge.port());
  }

  @AfterAll
  static void stop() {
    edge.close();
  }

  @ParameterizedTest
  @ValueSource(strings = {"Bearer @alice:hs", "bearer @alice:hs", "BEARER   @alice:hs"})
  void header_knownToken_tellsWhoAsks(String header) {
    Client.Answer answer = client.send(client.to(CLOSED).header("Authorization", header));
    assertThat(answer.json().path("by").asText()).isEqualTo("@alice:hs");
  }

  @Test
  void query_knownToken_tellsWhoAsks() {
    Client.Answer answer = client.send(client.to(CLOSED + "?access_token=%40alice%3Ahs"));
    assertThat(answer.json().path("by").asText()).isEqualTo("@alice:hs");
  }

  @Test
  void noToken_closedOperation_isMissing() {
    assertThat(client.send(client.to(CLOSED)).error()).isEqualTo("401 M_MISSING_TOKEN");
  }

  @ParameterizedTest
  @ValueSource(strings = {"Bearer", "Bearer ", "Basic YTpi", "@alice:hs"})
  void header_noToken_isMissing(String header) {
    Client.Answer answer = client.send(client.to(CLOSED).header("Authorization", header));
    assertThat(answer.error()).isEqualTo("401 M_MISSING_TOKEN");
  }

  @Test
  void unknownToken_closedOperation_isUnknown() {
    Client.Answer answer = client.send(client.to(CLOSED).header("Authorization", "Bearer nobody"));
    assertThat(answer.error()).isEqualTo("401 M_UNKNOWN_TOKEN");
    assertThat(answer.json().path("soft_logout").isBoolean()).isTrue();
  }

  @Test
  void noToken_optionalOperation_isNobody() {
    assertThat(client.send(client.to(OPTIONAL)).json().has("by")).isFalse();
  }

  @Test
  void token_optionalOperation_tellsWhoAsks() {
    assertThat(client.get(OPTIONAL).json().path("by").asText()).isEqualTo("@alice:hs");
  }

  @Test
  void unknownToken_optionalOperation_isUnknown() {
    Client.Answer answer =
        client.send(client.to(OPTIONAL).header("Authorization", "Bearer nobody"));
    assertThat(answer.error()).isEqualTo("401 M_UNKNOWN_TOKEN");
  }
}
