package dev.stele.server.http;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class ConnectionTest {
  private static final String VERSIONS = "GET /_matrix/client/versions HTTP/1.1\r\nHost: hs\r\n";
  private EchoResource resource;
  private TestEdge edge;

  @BeforeEach
  void start() {
    resource = new EchoResource();
    edge = new TestEdge(resource);
  }

  @AfterEach
  void stop() {
    edge.close();
  }

  private Wire wire() throws IOException {
    return new Wire(edge.port());
  }

  @Test
  void keepAlive_manyRequests_oneConnection() throws Exception {
    try (var wire = wire()) {
      for (int i = 0; i < 100; i++) {
        assertThat(wire.send(VERSIONS + "\r\n").receive()).startsWith("HTTP/1.1 200");
      }
    }
  }

  @Test
  void pipelining_manyRequestsAtOnce_areAnsweredInOrder() throws Exception {
    try (var wire = wire()) {
      wire.send((VERSIONS + "\r\n" + "GET /nothing HTTP/1.1\r\nHost: hs\r\n\r\n").repeat(50));
      for (int i = 0; i < 50; i++) {
        assertThat(wire.receive()).startsWith("HTTP/1.1 200");
        assertThat(wire.receive()).startsWith("HTTP/1.1 404");
      }
    }
  }

  @Test
  void connection_beyondTheBound_isClosed_untilAnotherGoes() throws Exception {
    edge.openConnections().set(Connections.MOST - 1);
    try (var last = wire()) {
      assertThat(last.send(VERSIONS + "\r\n").receive()).startsWith("HTTP/1.1 200");
      try (var tooMuch = wire()) {
        assertThat(tooMuch.isHungUp()).isTrue();
      }
    }

    edge.openConnections().set(0);
    try (var wire = wire()) {
      assertThat(wire.send(VERSIONS + "\r\n").receive()).startsWith("HTTP/1.1 200");
    }
  }

  @Test
  void connectionClose_isHonoured() throws Exception {
    try (var wire = wire()) {
      assertThat(wire.send(VERSIONS + "Connection: close\r\n\r\n").receive())
          .startsWith("HTTP/1.1 200");
      assertThat(wire.isHungUp()).isTrue();
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "hello\r\n\r\n",
        "GET /_matrix/client/versions HTTP/1.1\r\nHost: hs\r\nContent-Length: x\r\n\r\n",
        "GET /_matrix/client/versions HTTP/1.1\r\nHost: hs\r\nContent-Length: -1\r\n\r\n"
      })
  void malformed_anything_isRefusedAndOthersLive(String text) throws Exception {
    try (var other = wire();
        var wire = wire()) {
      assertThat(wire.send(text).receive()).contains(" 400 ", "M_UNRECOGNIZED");
      assertThat(wire.isHungUp()).isTrue();
      assertThat(other.send(VERSIONS + "\r\n").receive()).startsWith("HTTP/1.1 200");
    }
  }

  @Test
  void malformed_longLine_isTooLarge() throws Exception {
    try (var wire = wire()) {
      wire.send("GET /" + "a".repeat(20_000) + " HTTP/1.1\r\nHost: hs\r\n\r\n");
      assertThat(wire.receive()).contains(" 414 ", "M_TOO_LARGE");
    }
  }

  @Test
  void malformed_longHeader_isTooLarge() throws Exception {
    try (var wire = wire()) {
      wire.send(VERSIONS + "X: " + "a".repeat(20_000) + "\r\n\r\n");
      assertThat(wire.receive()).contains(" 431 ", "M_TOO_LARGE");
    }
  }

  @Test
  void longPoll_clientLeaves_closedTells() throws Exception {
    try (var wire = wire()) {
      wire.send("GET /_matrix/client/v3/sync?access_token=@alice:hs HTTP/1.1\r\nHost: hs\r\n\r\n");
      TestEdge.await(resource.polling.future());
      assertThat(resource.pollClosed.future().isComplete()).isFalse();
      wire.hangUp();
      TestEdge.await(resource.pollClosed.future());
    }
  }

  @Test
  void connections_areCounted() throws Exception {
    try (var wire = wire()) {
      assertThat(wire.send(VERSIONS + "\r\n").receive()).startsWith("HTTP/1.1 200");
      assertThat(edge.meters().get("http.server.connections").gauge().value()).isEqualTo(1);
    }
  }

  @Test
  void requests_areTimedByOperationAndStatus() throws Exception {
    try (var wire = wire()) {
      wire.send(VERSIONS + "\r\n").receive();
      wire.send(VERSIONS + "\r\n").receive();
      long count =
          edge.meters()
              .get("http.server.requests")
              .tags("uri", "/_matrix/client/versions", "method", "GET", "status", "200")
              .timer()
              .count();
      assertThat(count).isEqualTo(2);
    }
  }
}
