package dev.stele.server.http;

import static org.assertj.core.api.Assertions.assertThat;

import dev.stele.api.RateClass;
import dev.stele.server.http.RateLimits.Allowance;
import java.net.http.HttpRequest.BodyPublishers;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

final class RateLimitedEdgeTest {
  private static final String SEND = "/_matrix/client/v3/rooms/!r:hs/send/m.room.message/t";
  private TestEdge edge;
  private Client client;

  @BeforeEach
  void start() {
    var onceAnHour = new Allowance(1 / 3600.0, 1);
    var limits =
        new RateLimits(true, Map.of(RateClass.MESSAGE, onceAnHour, RateClass.LOGIN, onceAnHour));
    edge = new TestEdge(limits, new EchoResource());
    client = new Client(edge.port());
  }

  @AfterEach
  void stop() {
    edge.close();
  }

  @Test
  void put_tooMany_tellsWhenToComeBack() {
    assertThat(client.put(SEND, "{}").status()).isEqualTo(200);
    Client.Answer answer = client.put(SEND, "{}");
    assertThat(answer.error()).isEqualTo("429 M_LIMIT_EXCEEDED");
    assertThat(answer.json().path("retry_after_ms").asLong()).isBetween(3_500_000L, 3_600_000L);
    assertThat(Long.parseLong(answer.header("Retry-After"))).isBetween(3_500L, 3_600L);
  }

  @Test
  void put_otherUser_isCountedApart() {
    assertThat(client.put(SEND, "{}").status()).isEqualTo(200);
    var asBob = client.to(SEND).header("Authorization", "Bearer @bob:hs");
    assertThat(client.send(asBob.PUT(BodyPublishers.ofString("{}"))).status()).isEqualTo(200);
  }

  @Test
  void post_withoutUser_isCountedByAddressWhateverIsForwarded() {
    var login = "/_matrix/client/v3/login";
    var first = client.to(login).header("X-Forwarded-For", "1.1.1.1");
    var second = client.to(login).header("X-Forwarded-For", "2.2.2.2");
    assertThat(client.send(first.POST(BodyPublishers.ofString("{}"))).status()).isEqualTo(200);
    assertThat(client.send(second.POST(BodyPublishers.ofString("{}"))).status()).isEqualTo(429);
  }

  @Test
  void get_reading_isNotLimited() {
    for (int i = 0; i < 50; i++) {
      assertThat(client.get("/_matrix/client/versions").status()).isEqualTo(200);
    }
  }
}
