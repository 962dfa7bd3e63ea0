package dev.stele.server.http.client;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.google.errorprone.annotations.CanIgnoreReturnValue;
import java.io.IOException;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;

/** A user with a plain HTTP client. JSON in tests is written with single quotes. */
final class TestUser {
  private static final ObjectMapper MAPPER = new JsonMapper();
  private static final HttpClient HTTP =
      HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();

  private final int port;
  private final String id;
  private final String device;

  TestUser(int port, String id, String device) {
    this.port = port;
    this.id = id;
    this.device = device;
  }

  String id() {
    return id;
  }

  Answer get(String path) {
    return send(request(path).GET());
  }

  Answer put(String path, String json) {
    return send(request(path).PUT(BodyPublishers.ofString(json.replace('\'', '"'))));
  }

  Answer post(String path, String json) {
    return send(request(path).POST(BodyPublishers.ofString(json.replace('\'', '"'))));
  }

  Answer delete(String path) {
    return send(request(path).DELETE());
  }

  /** Creates a room that must come about. */
  @CanIgnoreReturnValue
  String createRoom(String json) {
    return post("/createRoom", json).ok().path("room_id").asText();
  }

  /** Sends a text message that must be accepted. */
  @CanIgnoreReturnValue
  String say(String roomId, String text) {
    return sendText(roomId, text).ok().path("event_id").asText();
  }

  Answer sendText(String roomId, String text) {
    return put(
        room(roomId) + "/send/m.room.message/" + UUID.randomUUID(),
        "{'msgtype':'m.text','body':'" + text + "'}");
  }

  Answer join(String roomId) {
    return post(room(roomId) + "/join", "{}");
  }

  Answer leave(String roomId) {
    return post(room(roomId) + "/leave", "{}");
  }

  /** Does something to another user's membership. */
  Answer change(String roomId, String action, TestUser target) {
    return post(room(roomId) + "/" + action, "{'user_id':'" + target.id + "'}");
  }

  Answer setState(String roomId, String type, String json) {
    return put(room(roomId) + "/state/" + type, json);
  }

  /** The bodies of the text messages that this user reads back, newest first. */
  List<String> reads(String roomId) {
    return get(room(roomId) + "/messages?dir=b&limit=1000").bodies();
  }

  static String room(String roomId) {
    return "/rooms/" + encode(roomId);
  }

  static String encode(String segment) {
    return URLEncoder.encode(segment, StandardCharsets.UTF_8).replace("+", "%20");
  }

  private HttpRequest.Builder request(String path) {
    return HttpRequest.newBuilder(
            URI.create("http://127.0.0.1:" + port + "/_matrix/client/v3" + path))
        .header("Authorization", "Bearer " + id + "|" + device);
  }

  private static Answer send(HttpRequest.Builder request) {
    try {
      HttpResponse<String> response =
          HTTP.send(request.build(), BodyHandlers.ofString(StandardCharsets.UTF_8));
      return new Answer(response.statusCode(), MAPPER.readTree(response.body()));
    } catch (JsonProcessingException e) {
      throw new AssertionError("the answer is not JSON", e);
    } catch (IOException e) {
      throw new AssertionError(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new AssertionError(e);
    }
  }

  /** What the server said. */
  record Answer(int status, JsonNode json) {
    /** The body of an answer that must be a success. */
    @CanIgnoreReturnValue
    JsonNode ok() {
      if (status != 200) {
        throw new AssertionError(status + " " + json);
      }
      return json;
    }

    /** Status and error code together, as {@code 404 M_NOT_FOUND}. */
    String error() {
      return status + " " + json.path("errcode").asText();
    }

    String eventId() {
      return ok().path("event_id").asText();
    }

    /** The bodies of the messages of a chunk. */
    List<String> bodies() {
      List<String> bodies = new ArrayList<>();
      for (JsonNode event : ok().path("chunk")) {
        if (event.path("type").asText().equals("m.room.message")) {
          bodies.add(event.path("content").path("body").asText());
        }
      }
      return bodies;
    }
  }
}
