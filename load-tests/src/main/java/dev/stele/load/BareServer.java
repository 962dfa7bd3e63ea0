package dev.stele.load;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.vertx.core.Future;
import io.vertx.core.VerticleBase;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.HttpServer;
import io.vertx.core.http.HttpServerRequest;
import java.io.IOException;
import java.util.Base64;
import java.util.concurrent.ThreadLocalRandom;

/**
 * The least that a server on Vert.x can do with a message: parse its JSON and answer with an event
 * id. It knows nobody and keeps nothing; it is the ceiling that homeservers are measured against.
 */
final class BareServer extends VerticleBase {
  private static final ObjectMapper MAPPER = new ObjectMapper();
  private static final Buffer ACCOUNT = Buffer.buffer("{\"access_token\":\"bare\"}");
  private static final Buffer ROOM = Buffer.buffer("{\"room_id\":\"!bare\"}");
  private static final int EVENT_ID_BYTES = 32;

  private final int port;

  /**
   * A server on 127.0.0.1.
   *
   * @param port shared by all instances
   */
  BareServer(int port) {
    this.port = port;
  }

  @Override
  public Future<HttpServer> start() {
    return vertx.createHttpServer().requestHandler(this::handle).listen(port, "127.0.0.1");
  }

  private void handle(HttpServerRequest request) {
    request.body().onSuccess(body -> answer(request, body));
  }

  private static void answer(HttpServerRequest request, Buffer body) {
    Buffer answer;
    if (request.method().equals(HttpMethod.PUT)) {
      answer = send(body);
    } else if (request.path().endsWith("/register")) {
      answer = ACCOUNT;
    } else {
      answer = ROOM;
    }
    request
        .response()
        .setStatusCode(answer.length() == 0 ? 400 : 200)
        .putHeader(HttpHeaders.CONTENT_TYPE, "application/json")
        .end(answer)
        .onFailure(gone -> request.connection().close());
  }

  private static Buffer send(Buffer body) {
    try {
      JsonNode content = MAPPER.readTree(body.getBytes());
      return content.isObject()
          ? Buffer.buffer("{\"event_id\":\"$" + eventId() + "\"}")
          : Buffer.buffer();
    } catch (IOException e) {
      return Buffer.buffer();
    }
  }

  private static String eventId() {
    byte[] bytes = new byte[EVENT_ID_BYTES];
    ThreadLocalRandom.current().nextBytes(bytes);
    return Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
  }
}
