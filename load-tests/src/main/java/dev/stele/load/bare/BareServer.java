package dev.stele.load.bare;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.vertx.core.Context;
import io.vertx.core.Future;
import io.vertx.core.VerticleBase;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.HttpServer;
import io.vertx.core.http.HttpServerOptions;
import io.vertx.core.http.HttpServerRequest;
import java.io.IOException;
import java.util.Base64;
import java.util.concurrent.ThreadLocalRandom;

/**
 * The least that a server on Vert.x can do: parse a message's JSON and answer with an event id;
 * hold polls and answer them with the message. It checks nobody and keeps nothing; it is the
 * ceiling that homeservers are measured against.
 */
final class BareServer extends VerticleBase {
  private static final ObjectMapper MAPPER = new ObjectMapper();
  private static final int EVENT_ID_BYTES = 32;
  private static final int BACKLOG = 10_000;

  private final int port;
  private final BareRooms rooms;

  /**
   * A server on 127.0.0.1.
   *
   * @param port shared by all instances
   * @param rooms shared by all instances
   */
  BareServer(int port, BareRooms rooms) {
    this.port = port;
    this.rooms = rooms;
  }

  @Override
  public Future<HttpServer> start() {
    HttpServerOptions options = new HttpServerOptions().setAcceptBacklog(BACKLOG);
    return vertx.createHttpServer(options).requestHandler(this::handle).listen(port, "127.0.0.1");
  }

  private void handle(HttpServerRequest request) {
    if (request.path().endsWith("/sync")) {
      poll(request);
    } else {
      request.body().onSuccess(body -> respond(request, answer(request, body)));
    }
  }

  private Buffer answer(HttpServerRequest request, Buffer body) {
    String path = request.path();
    if (request.method().equals(HttpMethod.PUT)) {
      return send(path, body);
    }
    if (path.endsWith("/register")) {
      String name = "bare" + rooms.nextNumber();
      return Buffer.buffer(
          "{\"user_id\":\"@" + name + ":bare\",\"access_token\":\"" + name + "\"}");
    }
    if (path.endsWith("/versions")) {
      return Buffer.buffer("{\"versions\":[]}");
    }
    if (path.endsWith("/version")) {
      return Buffer.buffer("{\"server\":{\"name\":\"bare Vert.x\",\"version\":\"\"}}");
    }
    String token = String.valueOf(request.getHeader(HttpHeaders.AUTHORIZATION));
    String room = path.endsWith("/createRoom") ? "bare" + rooms.nextNumber() : lastSegment(path);
    rooms.join(token, room);
    return Buffer.buffer("{\"room_id\":\"" + room + "\"}");
  }

  /** Holds a poll until there is news, or for as long as it asks. */
  private void poll(HttpServerRequest request) {
    Context context = vertx.getOrCreateContext();
    String token = String.valueOf(request.getHeader(HttpHeaders.AUTHORIZATION));
    String since = request.getParam("since");
    BareRoom.Poll poll =
        new BareRoom.Poll(
            context, since == null ? -1 : Integer.parseInt(since), body -> respond(request, body));
    BareRoom room = rooms.of(token);
    request.connection().closeHandler(gone -> room.forget(poll));
    room.poll(poll);
    long timeout = Long.parseLong(request.getParam("timeout", "0"));
    if (timeout > 0 && !poll.isAnswered()) {
      long timer = vertx.setTimer(timeout, late -> room.giveUp(poll));
      poll.onAnswered(() -> vertx.cancelTimer(timer));
    }
  }

  private Buffer send(String path, Buffer body) {
    try {
      JsonNode content = MAPPER.readTree(body.getBytes());
      if (!content.isObject()) {
        return Buffer.buffer();
      }
      String eventId = eventId();
      String room = path.substring(path.indexOf("/rooms/") + 7, path.indexOf("/send/"));
      rooms.room(room).say(eventId, body);
      return Buffer.buffer("{\"event_id\":\"" + eventId + "\"}");
    } catch (IOException e) {
      return Buffer.buffer();
    }
  }

  private static void respond(HttpServerRequest request, Buffer answer) {
    request
        .response()
        .setStatusCode(answer.length() == 0 ? 400 : 200)
        .putHeader(HttpHeaders.CONTENT_TYPE, "application/json")
        .end(answer)
        .onFailure(gone -> request.connection().close());
  }

  private static String lastSegment(String path) {
    return path.substring(path.lastIndexOf('/') + 1);
  }

  private static String eventId() {
    byte[] bytes = new byte[EVENT_ID_BYTES];
    ThreadLocalRandom.current().nextBytes(bytes);
    return "$" + Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
  }
}
