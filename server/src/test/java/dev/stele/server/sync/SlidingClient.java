package dev.stele.server.sync;

import com.fasterxml.jackson.databind.JsonNode;
import com.google.errorprone.annotations.CanIgnoreReturnValue;
import dev.stele.server.testing.TestServer.Answer;
import dev.stele.server.testing.TestServer.Client;
import java.util.List;
import java.util.stream.StreamSupport;

/** A connection of simplified sliding sync, followed from answer to answer. */
final class SlidingClient {
  static final String PATH = "/_matrix/client/unstable/org.matrix.simplified_msc3575/sync";

  /** As mobile clients ask for the rooms that they show first. */
  static final String LIST =
      "'lists':{'all':{'ranges':[[0,19]],'timeline_limit':1,'required_state':"
          + "[['m.room.create',''],['m.room.topic',''],['m.room.member','$ME'],"
          + "['m.room.member','$LAZY']]}}";

  private final Client client;
  private final String connection;
  private String pos = "";

  SlidingClient(Client client) {
    this(client, "main");
  }

  SlidingClient(Client client, String connection) {
    this.client = client;
    this.connection = connection;
  }

  String pos() {
    return pos;
  }

  /** The answer to a body without its braces; its {@code pos} is not taken. */
  Answer ask(String body, long timeout) {
    return client.post(
        PATH + "?timeout=" + timeout + (pos.isEmpty() ? "" : "&pos=" + pos),
        "{'conn_id':'" + connection + "'" + (body.isEmpty() ? "" : "," + body) + "}");
  }

  @CanIgnoreReturnValue
  JsonNode sync(String body) {
    return sync(body, 0);
  }

  @CanIgnoreReturnValue
  JsonNode sync(String body, long timeout) {
    JsonNode answer = ask(body, timeout).ok();
    pos = answer.path("pos").asText();
    return answer;
  }

  static JsonNode room(JsonNode answer, String room) {
    return answer.path("rooms").path(room);
  }

  static List<String> bodies(JsonNode room) {
    return Follower.bodiesOf(room.path("timeline"));
  }

  static List<String> state(JsonNode room) {
    return StreamSupport.stream(room.path("required_state").spliterator(), false)
        .map(event -> event.path("type").asText() + "|" + event.path("state_key").asText())
        .toList();
  }
}
