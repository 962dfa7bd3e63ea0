package dev.stele.server.history;

import com.fasterxml.jackson.databind.JsonNode;
import com.google.errorprone.annotations.CanIgnoreReturnValue;
import dev.stele.server.testing.TestServer;
import dev.stele.server.testing.TestServer.Answer;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;

/** Somebody who talks in rooms. JSON is written with single quotes; what they do must succeed. */
public record Person(TestServer.Client client) {
  public static Person of(TestServer server, String localpart) {
    return new Person(server.register(localpart));
  }

  public String id() {
    return client.userId();
  }

  public String createRoom(String json) {
    return client.post("/createRoom", json).ok().path("room_id").asText();
  }

  public String publicRoom(String visibility) {
    return createRoom(
        "{'preset':'public_chat','initial_state':[{'type':'m.room.history_visibility',"
            + "'content':{'history_visibility':'"
            + visibility
            + "'}}]}");
  }

  @CanIgnoreReturnValue
  public String say(String room, String text) {
    return send(room, "m.room.message", "{'msgtype':'m.text','body':'" + text + "'}");
  }

  @CanIgnoreReturnValue
  public String send(String room, String type, String json) {
    return trySend(room, type, json).ok().path("event_id").asText();
  }

  public Answer trySend(String room, String type, String json) {
    return client.put(path(room) + "/send/" + type + "/" + UUID.randomUUID(), json);
  }

  /** Sends a text message that relates to an event. */
  @CanIgnoreReturnValue
  public String relate(String room, String type, String event, String text) {
    return send(
        room,
        "m.room.message",
        "{'msgtype':'m.text','body':'" + text + "','m.relates_to':" + relation(type, event) + "}");
  }

  @CanIgnoreReturnValue
  public String edit(String room, String event, String text) {
    return send(
        room,
        "m.room.message",
        "{'msgtype':'m.text','body':'* "
            + text
            + "','m.new_content':{'msgtype':'m.text','body':'"
            + text
            + "'},'m.relates_to':"
            + relation("m.replace", event)
            + "}");
  }

  @CanIgnoreReturnValue
  public String react(String room, String event, String key) {
    return send(room, "m.reaction", reaction(event, key));
  }

  public static String reaction(String event, String key) {
    return "{'m.relates_to':{'rel_type':'m.annotation','event_id':'"
        + event
        + "','key':'"
        + key
        + "'}}";
  }

  public static String relation(String type, String event) {
    return "{'rel_type':'" + type + "','event_id':'" + event + "'}";
  }

  @CanIgnoreReturnValue
  public String setState(String room, String type, String json) {
    return client.put(path(room) + "/state/" + type, json).ok().path("event_id").asText();
  }

  public void redact(String room, String event) {
    client.put(path(room) + "/redact/" + encode(event) + "/" + UUID.randomUUID(), "{}").ok();
  }

  public void join(String room) {
    client.post(path(room) + "/join", "{}").ok();
  }

  public void leave(String room) {
    client.post(path(room) + "/leave", "{}").ok();
  }

  public void change(String room, String action, Person target) {
    client.post(path(room) + "/" + action, "{'user_id':'" + target.id() + "'}").ok();
  }

  public void ignore(Person other) {
    client
        .put(
            "/user/" + id() + "/account_data/m.ignored_user_list",
            "{'ignored_users':{'" + other.id() + "':{}}}")
        .ok();
  }

  public Answer get(String path) {
    return client.get(path);
  }

  public Answer in(String room, String path) {
    return client.get(path(room) + path);
  }

  /** What a route below {@code /v1/rooms} answers. */
  public Answer v1(String room, String path) {
    return client.get("/_matrix/client/v1" + path(room) + path);
  }

  /** The room's newest position, as a token. */
  public String now(String room) {
    return in(room, "/messages?dir=b&limit=1").ok().path("start").asText();
  }

  public static String path(String room) {
    return "/rooms/" + encode(room);
  }

  public static String encode(String segment) {
    return TestServer.Client.encode(segment);
  }

  public static String filter(String json) {
    return "filter=" + encode(json.replace('\'', '"'));
  }

  public static List<String> bodies(JsonNode events) {
    List<String> bodies = new ArrayList<>();
    for (JsonNode event : events) {
      if (event.path("content").has("body")) {
        bodies.add(event.path("content").path("body").asText());
      }
    }
    return bodies;
  }

  public static List<String> ids(JsonNode events) {
    List<String> ids = new ArrayList<>();
    events.forEach(event -> ids.add(event.path("event_id").asText()));
    return ids;
  }
}
