package dev.stele.server.http;

import static org.assertj.core.api.Assertions.assertThat;

import dev.stele.api.Limits;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What becomes of clients that take their time. */
final class ImpatientEdgeTest {
  private static final String VERSIONS = "GET /_matrix/client/versions HTTP/1.1\r\nHost: hs\r\n";
  private static final String SEND =
      "PUT /_matrix/client/v3/rooms/!r:hs/send/m.room.message/t HTTP/1.1\r\nHost: hs\r\n";
  private static final Timeouts IMPATIENT =
      new Timeouts(
          Duration.ofSeconds(2),
          Duration.ofMillis(300),
          Duration.ofMillis(300),
          Duration.ofMillis(600),
          Duration.ofSeconds(60));

  private EchoResource resource;
  private TestEdge edge;

  @BeforeEach
  void start() {
    resource = new EchoResource();
    edge =
        new TestEdge(
            RateLimits.off(), IMPATIENT, List.of(ListenerOptions.plain("127.0.0.1", 0)), resource);
  }

  @AfterEach
  void stop() {
    edge.close();
  }

  private Wire wire() throws IOException {
    return new Wire(edge.port());
  }

  @Test
  void connection_silent_isHungUp() throws Exception {
    try (var wire = wire()) {
      assertThat(wire.isHungUp()).isTrue();
    }
  }

  @Test
  void headers_thatNeverEnd_areHungUp() throws Exception {
    try (var wire = wire()) {
      assertThat(wire.send(VERSIONS).isHungUp()).isTrue();
    }
  }

  @Test
  void connection_idleAfterARequest_isHungUp() throws Exception {
    try (var wire = wire()) {
      assertThat(wire.send(VERSIONS + "\r\n").receive()).startsWith("HTTP/1.1 200");
      assertThat(wire.send(VERSIONS).isHungUp()).isTrue();
    }
  }

  @Test
  void longPoll_outlivesTheTimeoutsOfIdleConnections() throws Exception {
    try (var wire = wire();
        var clock = wire()) {
      wire.send("GET /_matrix/client/v3/sync?access_token=@a:hs HTTP/1.1\r\nHost: hs\r\n\r\n");
      TestEdge.await(resource.polling.future());
      assertThat(clock.isHungUp()).isTrue();
      assertThat(resource.pollClosed.future().isComplete()).isFalse();
    }
  }

  @Test
  void request_thatGetsNoAnswer_isGivenUp() throws Exception {
    try (var wire = wire()) {
      wire.send(
          "GET /_matrix/client/v3/publicRooms?access_token=@a:hs HTTP/1.1\r\nHost: hs\r\n\r\n");
      assertThat(wire.receive())
          .startsWith("HTTP/1.1 503")
          .containsIgnoringCase("Retry-After: 2")
          .contains("M_UNKNOWN", "retry_after_ms");
      assertThat(edge.meters().get("http.server.expired").counter().count()).isEqualTo(1);

      resource.late.complete(Reply.empty());
      assertThat(wire.send(VERSIONS + "\r\n").receive()).startsWith("HTTP/1.1 200");
    }
  }

  @Test
  void body_thatNeverEnds_isGivenUp() throws Exception {
    try (var wire = wire()) {
      wire.send(SEND + "Content-Length: 100\r\n\r\n{");
      assertThat(wire.receive()).startsWith("HTTP/1.1 408").contains("M_UNKNOWN");
      assertThat(wire.isHungUp()).isTrue();
    }
  }

  @Test
  void body_tooLargeAndNeverEnding_isGivenUp() throws Exception {
    try (var wire = wire()) {
      wire.send(SEND + "Content-Length: " + (Limits.MAX_BODY_BYTES + 1) + "\r\n\r\n{");
      assertThat(wire.receive()).startsWith("HTTP/1.1 413");
      assertThat(wire.isHungUp()).isTrue();
    }
  }
}
