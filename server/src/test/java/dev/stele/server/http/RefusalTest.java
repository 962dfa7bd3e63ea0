package dev.stele.server.http;

import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import dev.stele.api.Limits;
import java.io.IOException;
import java.util.Locale;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.slf4j.LoggerFactory;

/** What clients get, by HTTP/1.1, from a server that has enough to do. */
final class RefusalTest {
  private static final String PATH = "/_matrix/client/v3/rooms/!r:hs/send/m.room.message/t";
  private static final String SEND =
      "PUT " + PATH + " HTTP/1.1\r\nHost: hs\r\nAuthorization: Bearer @alice:hs\r\n";
  private static final String GET = "GET /_matrix/client/versions HTTP/1.1\r\nHost: hs\r\n\r\n";

  private FullEdge full;
  private Client client;

  @BeforeEach
  void start() {
    full = FullEdge.start();
    client = new Client(full.edge.port());
  }

  @AfterEach
  void stop() {
    full.close();
  }

  private Wire wire() throws IOException {
    return new Wire(full.edge.port());
  }

  private static String withLength(String body) {
    return "Content-Length: " + body.length() + "\r\n\r\n" + body;
  }

  @Test
  void refusal_saysWhenToComeAgain_toScriptsOfAnyPageToo() {
    Client.Answer refused = client.put(PATH, "{}");

    assertThat(refused.status()).isEqualTo(429);
    assertThat(refused.text())
        .isEqualTo(
            "{\"errcode\":\"M_LIMIT_EXCEEDED\",\"error\":\"The server is busy\","
                + "\"retry_after_ms\":500}");
    assertThat(refused.header("Retry-After")).isEqualTo("1");
    assertThat(refused.header("Content-Type")).isEqualTo("application/json");
    assertThat(refused.header("Access-Control-Allow-Origin")).isEqualTo("*");
    assertThat(refused.header("Access-Control-Allow-Methods")).contains("PUT");
    assertThat(refused.header("Access-Control-Allow-Headers")).contains("Authorization");
    assertThat(refused.header("X-Request-Id")).isNotEmpty();
  }

  @Test
  void refusals_areCounted_andNotTimed() {
    for (int i = 0; i < 5; i++) {
      assertThat(client.get("/_matrix/client/versions").status()).isEqualTo(429);
    }
    assertThat(full.shed()).isEqualTo(5);
    assertThat(full.edge.meters().find("http.server.requests").tag("status", "429").timers())
        .isEmpty();
  }

  @Test
  void others_areAnswered() throws Exception {
    assertThat(client.get("/metrics").text()).startsWith("up");
    assertThat(client.get("/_matrix/client/nothing").error()).isEqualTo("404 M_UNRECOGNIZED");
    assertThat(client.get("/_matrix/client/v3/rooms/%ff/state").status()).isEqualTo(400);
    var unused = client.sendAsync(client.asAlice("/_matrix/client/v3/sync"));
    TestEdge.await(full.resource.polling.future());
    try (var wire = wire()) {
      wire.send("OPTIONS /_matrix/client/versions HTTP/1.1\r\nHost: hs\r\nOrigin: x\r\n\r\n");
      assertThat(wire.receive().toLowerCase(Locale.ROOT))
          .startsWith("http/1.1 200")
          .contains("access-control-allow-methods");
    }
    assertThat(full.shed()).isZero();
  }

  @Test
  void connection_afterRefusals_serves() throws Exception {
    try (var wire = wire()) {
      for (int i = 0; i < 20; i++) {
        assertThat(wire.send(SEND + withLength("{\"a\":1}")).receive()).startsWith("HTTP/1.1 429");
        assertThat(wire.send(GET).receive()).startsWith("HTTP/1.1 429");
      }
      full.relieve();
      assertThat(wire.send(SEND + withLength("{\"a\":1}")).receive()).contains("\"a\":1");
    }
    assertThat(full.shed()).isEqualTo(40);
  }

  @Test
  void pipelining_refusals_comeInOrder() throws Exception {
    try (var wire = wire()) {
      wire.send((SEND + withLength("{}") + "GET /nothing HTTP/1.1\r\nHost: hs\r\n\r\n").repeat(20));
      for (int i = 0; i < 20; i++) {
        assertThat(wire.receive()).startsWith("HTTP/1.1 429");
        assertThat(wire.receive()).startsWith("HTTP/1.1 404");
      }
    }
  }

  @ParameterizedTest
  @ValueSource(ints = {200_000, Limits.MAX_BODY_BYTES + 1})
  void largeBody_isRefusedUnread_andItsRestIsDropped(int length) throws Exception {
    String body = "x".repeat(length);
    try (var wire = wire()) {
      wire.send(SEND + "Content-Length: " + length + "\r\n\r\n");
      assertThat(wire.receive()).startsWith("HTTP/1.1 429");
      full.relieve();
      wire.send(body.substring(0, length / 2)).send(body.substring(length / 2));
      assertThat(wire.send(SEND + withLength("{\"a\":1}")).receive()).contains("\"a\":1");
    }
  }

  @Test
  void chunkedBody_isRefusedUnread_andItsRestIsDropped() throws Exception {
    try (var wire = wire()) {
      wire.send(SEND + "Transfer-Encoding: chunked\r\n\r\n5\r\n{\"a\":\r\n");
      assertThat(wire.receive()).startsWith("HTTP/1.1 429");
      full.relieve();
      wire.send("2\r\n1}\r\n").send("0\r\n\r\n");
      assertThat(wire.send(SEND + withLength("{\"a\":2}")).receive()).contains("\"a\":2");
    }
  }

  @Test
  void bodyThatAwaitsContinue_isReceivedBeforeItIsRefused() throws Exception {
    try (var wire = wire()) {
      wire.send(SEND + "Content-Length: 7\r\nExpect: 100-continue\r\n\r\n");
      assertThat(wire.receiveHead()).startsWith("HTTP/1.1 100");
      assertThat(wire.send("{\"a\":1}").receive())
          .startsWith("HTTP/1.1 429")
          .contains("M_LIMIT_EXCEEDED");
      assertThat(full.shed()).isEqualTo(1);
      full.relieve();
      assertThat(wire.send(SEND + withLength("{\"a\":2}")).receive()).contains("\"a\":2");
    }
  }

  @Test
  void connectionClose_isHonoured() throws Exception {
    try (var wire = wire()) {
      wire.send("GET /_matrix/client/versions HTTP/1.1\r\nHost: hs\r\nConnection: close\r\n\r\n");
      assertThat(wire.receive()).startsWith("HTTP/1.1 429");
      assertThat(wire.isHungUp()).isTrue();
    }
  }

  @Test
  void log_tellsOfRefusalsTogether() {
    ListAppender<ILoggingEvent> logged = new ListAppender<>();
    var logger = (Logger) LoggerFactory.getLogger("dev.stele.access");
    Level before = logger.getLevel();
    logged.start();
    logger.setLevel(Level.INFO);
    logger.addAppender(logged);
    try {
      for (int i = 0; i < 30; i++) {
        assertThat(client.get("/_matrix/client/versions").status()).isEqualTo(429);
      }
      while (told(logged) < 30) {
        Thread.onSpinWait();
      }
    } finally {
      logger.detachAppender(logged);
      logger.setLevel(before);
    }
    assertThat(told(logged)).isEqualTo(30);
    assertThat(logged.list.stream().map(ILoggingEvent::getFormattedMessage))
        .noneMatch(line -> line.startsWith("GET"));
  }

  private static long told(ListAppender<ILoggingEvent> logged) {
    // An appender appends under its own lock, on the event loop that tells.
    synchronized (logged) {
      return logged.list.stream()
          .map(event -> event.getArgumentArray()[0])
          .filter(RefusedLine.class::isInstance)
          .mapToLong(line -> ((RefusedLine) line).requests())
          .sum();
    }
  }
}
