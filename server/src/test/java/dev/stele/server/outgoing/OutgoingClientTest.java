package dev.stele.server.outgoing;

import static org.assertj.core.api.Assertions.assertThat;

import dev.stele.server.outgoing.OutgoingResult.Answered;
import dev.stele.server.outgoing.OutgoingResult.NoAnswer;
import dev.stele.server.outgoing.OutgoingResult.NotAllowed;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.HttpServer;
import io.vertx.core.http.HttpServerRequest;
import java.net.URI;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

final class OutgoingClientTest {
  private static final Vertx VERTX = Vertx.vertx();
  private static HttpServer server;
  private static OutgoingClient client;

  @BeforeAll
  static void start() throws Exception {
    server = await(VERTX.createHttpServer().requestHandler(OutgoingClientTest::serve).listen(0));
    client = new OutgoingClient(VERTX, new AddressPolicy(true, List.of()), false);
  }

  @AfterAll
  static void stop() throws Exception {
    await(client.close());
    await(VERTX.close());
  }

  private static void serve(HttpServerRequest request) {
    switch (request.path()) {
      case "/echo" ->
          request.body().onSuccess(body -> end(request, request.getHeader("Content-Type") + body));
      case "/large" -> end(request, "x".repeat((1 << 20) + 1));
      case "/elsewhere" -> {
        request.response().setStatusCode(302).putHeader("Location", "/echo");
        end(request, "moved");
      }
      case "/cut" -> request.connection().close();
      default -> throw new IllegalStateException(request.path());
    }
  }

  private static void end(HttpServerRequest request, String text) {
    request.response().end(text);
  }

  @Test
  void send_withABody_isAnswered() throws Exception {
    assertThat(send("/echo", "{\"a\":1}"))
        .isEqualTo(new Answered(200, Buffer.buffer("application/json{\"a\":1}")));
  }

  @Test
  void send_redirect_isNotFollowed() throws Exception {
    assertThat(send("/elsewhere", null)).isEqualTo(new Answered(302, Buffer.buffer("moved")));
  }

  @Test
  void send_tooLargeOrBroken_isNoAnswer() throws Exception {
    assertThat(send("/large", null)).isInstanceOf(NoAnswer.class);
    assertThat(send("/cut", null)).isInstanceOf(NoAnswer.class);
    assertThat(send("/echo", "again")).as("it lives on").isInstanceOf(Answered.class);
  }

  @Test
  void send_toNobody_isNoAnswer() throws Exception {
    assertThat(await(client.send(request("http://127.0.0.1:1/echo", null))))
        .isInstanceOf(NoAnswer.class);
    assertThat(await(client.send(request("http://nowhere.invalid/echo", null))))
        .isInstanceOf(NoAnswer.class);
  }

  @Test
  void send_toAForbiddenAddress_isNotAllowed() throws Exception {
    var strict = new OutgoingClient(VERTX, new AddressPolicy(false, List.of()), false);

    assertThat(
            await(strict.send(request("http://localhost:" + server.actualPort() + "/echo", null))))
        .as("by the address behind the name")
        .isInstanceOf(NotAllowed.class);
    await(strict.close());
  }

  private static OutgoingResult send(String path, String json) throws Exception {
    return await(client.send(request("http://localhost:" + server.actualPort() + path, json)));
  }

  private static OutgoingRequest request(String uri, String json) {
    return new OutgoingRequest(
        json == null ? HttpMethod.GET : HttpMethod.POST,
        URI.create(uri),
        Map.of(),
        json == null ? null : Buffer.buffer(json));
  }

  private static <T> T await(Future<T> future) throws Exception {
    return future.toCompletionStage().toCompletableFuture().get(20, TimeUnit.SECONDS);
  }
}
