package dev.stele.server.http;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.http.HttpRequest.BodyPublishers;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

final class EdgeTest {
  private static final String ROOM = "/_matrix/client/v3/rooms/!r:hs";
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

  @Test
  void get_openOperation_answersJson() {
    Client.Answer answer = client.send(client.to("/_matrix/client/versions"));
    assertThat(answer.status()).isEqualTo(200);
    assertThat(answer.header("Content-Type")).isEqualTo("application/json");
    assertThat(answer.header("X-Request-Id")).isNotEmpty();
    assertThat(answer.text()).isEqualTo("{\"operation\":\"getVersions\"}");
  }

  @Test
  void put_encodedSlashAndEmoji_stayInTheirParameters() {
    Client.Answer answer =
        client.put(
            "/_matrix/client/v3/rooms/!a%2Fb:hs/send/m.room.message/t+%20%F0%9F%98%80",
            "{\"a\":1}");
    assertThat(answer.text())
        .isEqualTo(
            "{\"operation\":\"sendMessage\",\"roomId\":\"!a/b:hs\",\"eventType\":\"m.room.message\","
                + "\"txnId\":\"t+ 😀\",\"by\":\"@alice:hs\",\"body\":{\"a\":1}}");
  }

  @ParameterizedTest
  @CsvSource({
    "/state, getRoomState, ",
    "/state/m.room.name, getRoomStateWithKey, ''",
    "/state/m.room.name/, getRoomStateWithKey, ''",
    "/state/m.room.member/@a:hs, getRoomStateWithKey, @a:hs",
    "/state/m%2Fx/a%2Fb, getRoomStateWithKey, a/b",
  })
  void get_state_findsOperationAndKey(String path, String operation, String key) {
    Client.Answer answer = client.get(ROOM + path);
    assertThat(answer.json().path("operation").asText()).isEqualTo(operation);
    assertThat(answer.json().path("stateKey").asText(null)).isEqualTo(key);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "/_matrix/client/v3/pushrules/",
        "/_matrix/client/v3/pushrules",
        "/_matrix/client/r0/pushrules/"
      })
  void get_otherSpellingOfAPath_findsTheSame(String path) {
    assertThat(client.get(path).json().path("operation").asText()).isEqualTo("getPushRules");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "/",
        "/_matrix",
        "/_matrix/client/v3/nothing",
        "/_matrix/client/v9/sync",
        "/_matrix/client/v3/sync/",
        "/_matrix/client/v3/rooms//state",
        "/_matrix/client/v3/rooms/!r:hs/send/m.room.message/",
        "/_matrix//client/versions"
      })
  void get_unknownPath_isUnrecognized(String path) {
    assertThat(client.get(path).error()).isEqualTo("404 M_UNRECOGNIZED");
  }

  @ParameterizedTest
  @ValueSource(strings = {"POST", "DELETE", "PATCH", "FOO"})
  void anyOtherMethod_knownPath_isNotAllowed(String method) {
    Client.Answer answer =
        client.send(client.to("/_matrix/client/versions").method(method, BodyPublishers.noBody()));
    assertThat(answer.error()).isEqualTo("405 M_UNRECOGNIZED");
    assertThat(answer.header("Allow")).isEqualTo("GET, OPTIONS");
  }

  @Test
  void head_knownPath_isNotAllowedAndHasNoBody() {
    Client.Answer answer =
        client.send(client.to("/_matrix/client/versions").method("HEAD", BodyPublishers.noBody()));
    assertThat(answer.status()).isEqualTo(405);
    assertThat(answer.text()).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(strings = {"%zz", "%4", "%", "%ff", "%c0%af", "%ed%a0%80", "%00"})
  void get_badlyEncodedParameter_isInvalid(String segment) throws Exception {
    try (var wire = new Wire(edge.port())) {
      wire.send(
          "GET /_matrix/client/v3/rooms/"
              + segment
              + "/state HTTP/1.1\r\nHost: hs\r\n"
              + "Authorization: Bearer @alice:hs\r\n\r\n");
      assertThat(wire.receive()).startsWith("HTTP/1.1 400").contains("M_INVALID_PARAM");
    }
  }

  @ParameterizedTest
  @CsvSource({
    "limit=20, 20",
    "'', 10",
    "limit=%32%30, 20",
    "limit=1&limit=2, 1",
    "&&limit=3&, 3",
  })
  void get_query_isDecoded(String query, String limit) {
    Client.Answer answer = client.get(ROOM + "/messages?" + query);
    assertThat(answer.json().path("limit").asText()).isEqualTo(limit);
  }

  @ParameterizedTest
  @ValueSource(strings = {"limit=x", "limit=", "limit=1.5", "limit=99999999999", "limit"})
  void get_garbageInQuery_isInvalid(String query) {
    assertThat(client.get(ROOM + "/messages?" + query).error()).isEqualTo("400 M_INVALID_PARAM");
  }

  @ParameterizedTest
  @ValueSource(strings = {"/_matrix/client/versions", "/_matrix/client/v3/sync", "/nowhere"})
  void options_anyPath_answersWithoutDoing(String path) {
    Client.Answer answer = client.send(client.to(path).method("OPTIONS", BodyPublishers.noBody()));
    assertThat(answer.status()).isEqualTo(200);
    assertThatCorsHeadersAreThere(answer);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"/_matrix/client/versions", "/nowhere", "/_matrix/client/v3/capabilities"})
  void get_anyOutcome_carriesCorsHeaders(String path) {
    assertThatCorsHeadersAreThere(client.get(path));
  }

  private static void assertThatCorsHeadersAreThere(Client.Answer answer) {
    assertThat(answer.header("Access-Control-Allow-Origin")).isEqualTo("*");
    assertThat(answer.header("Access-Control-Allow-Methods"))
        .isEqualTo("GET, POST, PUT, DELETE, OPTIONS");
    assertThat(answer.header("Access-Control-Allow-Headers"))
        .isEqualTo("X-Requested-With, Content-Type, Authorization");
  }

  @ParameterizedTest
  @ValueSource(strings = {"capabilities", "joined_rooms"})
  void get_handlerFails_tellsNothingButTheRequestId(String operation) {
    Client.Answer answer = client.get("/_matrix/client/v3/" + operation);
    assertThat(answer.error()).isEqualTo("500 M_UNKNOWN");
    assertThat(answer.text()).contains(answer.header("X-Request-Id")).doesNotContain("secret");
  }

  @Test
  void get_logOverloaded_asksToComeBack() {
    Client.Answer answer = client.get("/_matrix/client/v3/account/whoami");
    assertThat(answer.error()).isEqualTo("429 M_LIMIT_EXCEEDED");
    assertThat(answer.json().path("retry_after_ms").asLong()).isPositive();
    assertThat(answer.header("Retry-After")).isEqualTo("1");
  }

  @Test
  void get_plainRoute_answersAsIs() {
    Client.Answer answer = client.send(client.to("/metrics"));
    assertThat(answer.text()).isEqualTo("up 1\n");
    assertThat(answer.header("Content-Type")).isEqualTo("text/plain");
  }

  @Test
  void post_plainRoute_isNotAllowed() {
    assertThat(client.send(client.to("/metrics").POST(BodyPublishers.noBody())).error())
        .isEqualTo("405 M_UNRECOGNIZED");
  }
}
