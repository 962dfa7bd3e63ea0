package dev.stele.server.http;

import static org.assertj.core.api.Assertions.assertThat;

import dev.stele.api.Limits;
import java.io.ByteArrayInputStream;
import java.net.http.HttpRequest.BodyPublishers;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class BadBodyTest {
  private static final String SEND = "/_matrix/client/v3/rooms/!r:hs/send/m.room.message/t";
  private static final byte[] TOO_LARGE = new byte[Limits.MAX_BODY_BYTES + 1];
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
  @ValueSource(
      strings = {"", " ", "{", "{\"a\":}", "hello", "{'a':1}", "{\"a\":NaN}", "{\"a\":01}"})
  void put_noJson_isNotJson(String body) {
    assertThat(client.put(SEND, body).error()).isEqualTo("400 M_NOT_JSON");
  }

  @ParameterizedTest
  @ValueSource(strings = {"[]", "1", "\"a\"", "null", "true", "{\"a\":1,\"a\":2}", "{} {}"})
  void put_jsonButNoObject_isBadJson(String body) {
    assertThat(client.put(SEND, body).error()).isEqualTo("400 M_BAD_JSON");
  }

  @Test
  void put_nestedTooDeeply_isBadJson() {
    String body = "{\"a\":" + "[".repeat(50_000) + "]".repeat(50_000) + "}";
    assertThat(client.put(SEND, body).error()).isEqualTo("400 M_BAD_JSON");
  }

  @ParameterizedTest
  @ValueSource(strings = {"{\"a\":\"\\ud800\"}", "{\"a\":[\"\\uDC00\\uD800\"]}"})
  void put_halfASurrogatePair_isBadJson(String body) {
    assertThat(client.put(SEND, body).error()).isEqualTo("400 M_BAD_JSON");
  }

  @Test
  void put_escapedSurrogatePair_isText() {
    assertThat(client.put(SEND, "{\"a\":\"\\ud83d\\ude00\"}").text()).contains("{\"a\":\"😀\"}");
  }

  @Test
  void put_invalidUtf8_isNotJson() {
    byte[] body = {'{', '"', 'a', '"', ':', '"', (byte) 0xc0, (byte) 0xaf, '"', '}'};
    assertThat(client.send(client.asAlice(SEND).PUT(BodyPublishers.ofByteArray(body))).error())
        .isEqualTo("400 M_NOT_JSON");
  }

  @Test
  void put_utf16_isNotJson() {
    byte[] body = "{\"a\":1}".getBytes(StandardCharsets.UTF_16);
    assertThat(client.send(client.asAlice(SEND).PUT(BodyPublishers.ofByteArray(body))).error())
        .isEqualTo("400 M_NOT_JSON");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "text/plain",
        "application/x-www-form-urlencoded",
        "multipart/form-data; boundary=x",
        "nonsense",
        "application/json; charset=utf-8"
      })
  void put_anyContentType_isReadAsJson(String type) {
    Client.Answer answer =
        client.send(
            client
                .asAlice(SEND)
                .header("Content-Type", type)
                .PUT(BodyPublishers.ofString("{\"a\":1}")));
    assertThat(answer.json().path("body").path("a").asInt()).isEqualTo(1);
  }

  @Test
  void post_noBodyWhereNoneIsNeeded_isAnEmptyObject() {
    Client.Answer answer =
        client.send(client.asAlice("/_matrix/client/v3/logout").POST(BodyPublishers.noBody()));
    assertThat(answer.json().path("body").isObject()).isTrue();
  }

  @Test
  void put_lengthOverTheLimit_isTooLarge() {
    assertThat(client.send(client.asAlice(SEND).PUT(BodyPublishers.ofByteArray(TOO_LARGE))).error())
        .isEqualTo("413 M_TOO_LARGE");
  }

  @Test
  void put_chunksOverTheLimit_isTooLarge() {
    var chunked = BodyPublishers.ofInputStream(() -> new ByteArrayInputStream(TOO_LARGE));
    assertThat(client.send(client.asAlice(SEND).PUT(chunked)).error()).isEqualTo("413 M_TOO_LARGE");
  }

  @Test
  void put_tooLargeBodyThenAnother_connectionServesBoth() throws Exception {
    try (var wire = new Wire(edge.port())) {
      String head = "PUT " + SEND + " HTTP/1.1\r\nHost: hs\r\nAuthorization: Bearer @alice:hs\r\n";
      wire.send(head + "Content-Length: " + TOO_LARGE.length + "\r\n\r\n");
      assertThat(wire.receive()).startsWith("HTTP/1.1 413");
      wire.send(TOO_LARGE).send(head + "Content-Length: 2\r\n\r\n{}");
      assertThat(wire.receive()).startsWith("HTTP/1.1 200");
    }
  }

  @Test
  void put_expectContinueOfTooLargeBody_isRefusedAtOnce() throws Exception {
    try (var wire = new Wire(edge.port())) {
      wire.send(
          "PUT "
              + SEND
              + " HTTP/1.1\r\nHost: hs\r\nExpect: 100-continue\r\nContent-Length: "
              + TOO_LARGE.length
              + "\r\n\r\n");
      assertThat(wire.receive()).startsWith("HTTP/1.1 413");
    }
  }

  @Test
  void put_expectContinue_isContinued() throws Exception {
    try (var wire = new Wire(edge.port())) {
      wire.send(
          "PUT "
              + SEND
              + " HTTP/1.1\r\nHost: hs\r\nAuthorization: Bearer @alice:hs\r\n"
              + "Expect: 100-continue\r\nContent-Length: 2\r\n\r\n");
      assertThat(wire.receiveHead()).startsWith("HTTP/1.1 100");
      assertThat(wire.send("{}").receive()).startsWith("HTTP/1.1 200");
    }
  }
}
