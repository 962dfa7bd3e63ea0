package dev.stele.server.http;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What becomes of requests when more are under way than the server takes on. */
final class BackPressureTest {
  private static final int MOST = 3;
  private static final String SLOW = "/_matrix/client/v3/publicRooms";
  private static final String FAST = "/_matrix/client/versions";

  private EchoResource resource;
  private TestEdge edge;
  private Client client;

  @BeforeEach
  void start() {
    resource = new EchoResource();
    edge = new TestEdge(MOST, resource);
    client = new Client(edge.port());
  }

  @AfterEach
  void stop() {
    edge.close();
  }

  @Test
  void request_beyondTheBound_isRefusedAtOnceAndMayComeAgain() throws Exception {
    List<CompletableFuture<Client.Answer>> slow = fill();

    Client.Answer refused = client.send(client.to(FAST));
    assertThat(refused.error()).isEqualTo("429 M_LIMIT_EXCEEDED");
    assertThat(refused.json().path("retry_after_ms").asLong()).isPositive();
    assertThat(refused.header("Retry-After")).isEqualTo("1");
    assertThat(edge.meters().get("http.server.shed").functionCounter().count()).isEqualTo(1);

    resource.late.complete(Reply.ok(JsonNodeFactory.instance.objectNode()));
    for (CompletableFuture<Client.Answer> answer : slow) {
      assertThat(answer.get().status()).isEqualTo(200);
    }
    assertThat(client.send(client.to(FAST)).status()).isEqualTo(200);
    assertThat(underWay()).isZero();
  }

  @Test
  void polls_thatWait_takeNobodysPlace() throws Exception {
    for (int i = 0; i < 2 * MOST; i++) {
      var unused = client.sendAsync(client.asAlice("/_matrix/client/v3/sync"));
    }
    while (resource.polls.get() < 2 * MOST) {
      Thread.onSpinWait();
    }
    assertThat(client.send(client.to(FAST)).status()).isEqualTo(200);
  }

  /** As many requests as may be under way. */
  private List<CompletableFuture<Client.Answer>> fill() {
    List<CompletableFuture<Client.Answer>> answers = new ArrayList<>();
    for (int i = 0; i < MOST; i++) {
      answers.add(client.sendAsync(client.to(SLOW)));
    }
    while (underWay() < MOST) {
      Thread.onSpinWait();
    }
    return answers;
  }

  private double underWay() {
    return edge.meters().get("http.server.under_way").gauge().value();
  }
}
