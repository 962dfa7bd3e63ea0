package dev.stele.server.tracing;

import static dev.stele.server.http.TestEdge.await;
import static org.assertj.core.api.Assertions.assertThat;

import dev.stele.server.settings.Settings;
import dev.stele.server.testing.TestServer;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpServer;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What a collector is sent of a server that is traced. */
final class TracesTest {
  private final Vertx vertx = Vertx.vertx();
  private final Queue<String> received = new ConcurrentLinkedQueue<>();
  private HttpServer collector;

  @BeforeEach
  void collect() {
    collector =
        await(
            vertx
                .createHttpServer()
                .requestHandler(
                    request ->
                        request
                            .body()
                            .onSuccess(
                                body -> {
                                  received.add(
                                      request.path()
                                          + " "
                                          + body.toString(StandardCharsets.ISO_8859_1));
                                  var unused = request.response().end();
                                }))
                .listen(0, "127.0.0.1"));
  }

  @AfterEach
  void stop() {
    await(vertx.close());
  }

  @Test
  void requests_areSentToTheCollector_withoutTheirSecrets() {
    String token = run(100);

    String spans = received.stream().collect(Collectors.joining("\n"));
    assertThat(spans)
        .startsWith("/v1/traces ")
        .contains("GET /_matrix/client/v3/account/whoami")
        .contains("http.route", "stele.request_id", "service.name", "/_matrix/client/v3/register")
        .contains("SELECT")
        .doesNotContain(token)
        .doesNotContain("access_token=");
  }

  @Test
  void requests_outsideTheSample_areNot() {
    String unused = run(0);

    assertThat(received).isEmpty();
  }

  /** Asks a traced server something; returns an access token that was part of a query. */
  private String run(int percent) {
    URI endpoint = URI.create("http://127.0.0.1:" + collector.actualPort());
    try (Traces traces = Traces.to(new Settings.Tracing(endpoint, percent), "test");
        TestServer server = new TestServer(traces.build(Vertx.builder()))) {
      TestServer.Client alice = server.register("alice");
      assertThat(server.anonymous().get("/account/whoami?access_token=" + alice.token()).status())
          .isEqualTo(200);
      return alice.token();
    }
  }
}
