package dev.stele.server.http;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import dev.stele.api.Endpoint;
import io.vertx.core.Future;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

final class EdgeTest {
  private static final HttpClient CLIENT =
      HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
  private static TestEdge edge;

  @BeforeAll
  static void start() {
    edge = new TestEdge(new EchoResource());
  }

  @AfterAll
  static void stop() {
    edge.close();
  }

  private static HttpRequest.Builder to(String path) {
    return HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + edge.port() + path));
  }

  private static HttpResponse<String> send(HttpRequest.Builder request)
      throws IOException, InterruptedException {
    return CLIENT.send(request.build(), BodyHandlers.ofString());
  }

  @Test
  void get_open_operation_answers_json() throws Exception {
    HttpResponse<String> answer = send(to("/_matrix/client/versions"));
    assertThat(answer.statusCode()).isEqualTo(200);
    assertThat(answer.headers().firstValue("content-type")).hasValue("application/json");
    assertThat(answer.headers().firstValue("x-request-id")).isPresent();
  }

  @Test
  void put_send_gives_handler_path_and_body() throws Exception {
    HttpResponse<String> answer =
        send(
            to("/_matrix/client/v3/rooms/!a%2Fb:hs/send/m.room.message/t%20%F0%9F%98%80")
                .header("Authorization", "Bearer @alice:hs")
                .PUT(BodyPublishers.ofString("{\"body\":\"hi\"}")));
    assertThat(answer.body())
        .isEqualTo("{\"room\":\"!a/b:hs\",\"txn\":\"t 😀\",\"body\":\"hi\",\"by\":\"@alice:hs\"}");
  }

  private static final class EchoResource implements Resource {
    @Override
    public void bind(Bindings b) {
      b.on(Endpoint.GET_VERSIONS, x -> Future.succeededFuture(Reply.empty()));
      b.on(Endpoint.SEND_MESSAGE, this::send);
    }

    private Future<Reply> send(Exchange x) {
      var json = JsonNodeFactory.instance.objectNode();
      json.put("room", x.path("roomId")).put("txn", x.path("txnId"));
      json.put("body", x.body().requiredString("body")).put("by", x.requester().userId());
      return Future.succeededFuture(Reply.ok(json));
    }
  }
}
