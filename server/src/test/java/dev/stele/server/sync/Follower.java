package dev.stele.server.sync;

import com.fasterxml.jackson.databind.JsonNode;
import com.google.errorprone.annotations.CanIgnoreReturnValue;
import dev.stele.server.testing.TestServer;
import dev.stele.server.testing.TestServer.Answer;
import dev.stele.server.testing.TestServer.Client;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import org.opentest4j.AssertionFailedError;

/** A user who does things in rooms, and follows {@code /sync} from token to token. */
final class Follower {
  /**
   * A parameter of polls that who is online is not to end: that is told at a time of its own, which
   * may be after the test has begun.
   */
  static final String PAST_PRESENCE =
      "&filter=" + Client.encode("{\"presence\":{\"not_types\":[\"*\"]}}");

  private final TestServer server;
  private final Client client;
  private String since;

  private Follower(TestServer server, Client client) {
    this.server = server;
    this.client = client;
  }

  /** A new user. */
  static Follower register(TestServer server, String localpart) {
    return new Follower(server, server.register(localpart));
  }

  /** The same user on another device, who has followed nothing yet. */
  Follower otherDevice() {
    return new Follower(server, client.otherDevice());
  }

  /** The same user and device from the beginning again. */
  Follower anew() {
    return new Follower(server, client);
  }

  /** The same user and device at the same token. */
  Follower fork() {
    Follower fork = anew();
    fork.since = since;
    return fork;
  }

  Client client() {
    return client;
  }

  String id() {
    return client.userId();
  }

  String token() {
    return since;
  }

  /** What is new, without waiting. */
  @CanIgnoreReturnValue
  JsonNode sync() {
    return sync("");
  }

  /** What is new by further parameters, such as {@code &full_state=true}. */
  @CanIgnoreReturnValue
  JsonNode sync(String parameters) {
    return advance(client.get("/sync?timeout=0" + from() + parameters));
  }

  /** What is new through an inline filter. */
  @CanIgnoreReturnValue
  JsonNode filtered(String filter) {
    return sync("&filter=" + Client.encode(filter.replace('\'', '"')));
  }

  /**
   * A poll that the server holds by the time this returns. Who is online is told at a time of its
   * own, and never ends it.
   */
  CompletableFuture<JsonNode> poll() {
    return held(this::pollPastPresence);
  }

  /** The same, ended by presence as well. */
  CompletableFuture<JsonNode> pollForPresence() {
    return held(() -> pollNow(30_000));
  }

  private CompletableFuture<JsonNode> held(Supplier<CompletableFuture<JsonNode>> polling) {
    int before = server.waitingPolls();
    CompletableFuture<JsonNode> poll = polling.get();
    while (server.waitingPolls() <= before) {
      if (poll.isDone()) {
        throw new AssertionFailedError("it did not wait: " + poll.join());
      }
      Thread.onSpinWait();
    }
    return poll;
  }

  private CompletableFuture<JsonNode> pollPastPresence() {
    return pollNow(30_000)
        .thenCompose(
            answer ->
                isOfPresenceAlone(answer)
                    ? pollPastPresence()
                    : CompletableFuture.completedFuture(answer));
  }

  private static boolean isOfPresenceAlone(JsonNode answer) {
    return answer.has("presence")
        && Stream.of("rooms", "account_data", "to_device", "device_lists").noneMatch(answer::has);
  }

  CompletableFuture<JsonNode> pollNow(long timeoutMillis) {
    return pollNow(timeoutMillis, "");
  }

  /** A poll by further parameters. */
  CompletableFuture<JsonNode> pollNow(long timeoutMillis, String parameters) {
    return client
        .getLater("/sync?timeout=" + timeoutMillis + from() + parameters)
        .orTimeout(40, TimeUnit.SECONDS)
        .thenApply(this::advance);
  }

  private String from() {
    return since == null ? "" : "&since=" + since;
  }

  private JsonNode advance(Answer answer) {
    since = answer.ok().path("next_batch").asText();
    return answer.json();
  }

  @CanIgnoreReturnValue
  String createRoom(String json) {
    return client.post("/createRoom", json).ok().path("room_id").asText();
  }

  @CanIgnoreReturnValue
  String say(String room, String text) {
    return send(room, "m.room.message", "{'msgtype':'m.text','body':'" + text + "'}");
  }

  @CanIgnoreReturnValue
  String send(String room, String type, String content) {
    return client
        .put(in(room) + "/send/" + type + "/" + UUID.randomUUID(), content)
        .ok()
        .path("event_id")
        .asText();
  }

  @CanIgnoreReturnValue
  String setState(String room, String type, String content) {
    return client.put(in(room) + "/state/" + type + "/", content).ok().path("event_id").asText();
  }

  void join(String room) {
    client.post(in(room) + "/join", "{}").ok();
  }

  void leave(String room) {
    client.post(in(room) + "/leave", "{}").ok();
  }

  void forget(String room) {
    client.post(in(room) + "/forget", "{}").ok();
  }

  /** Invites, kicks, bans or unbans another user. */
  void change(String room, String action, Follower other) {
    client.post(in(room) + "/" + action, "{'user_id':'" + other.id() + "'}").ok();
  }

  void type(String room) {
    client.put(in(room) + "/typing/" + id(), "{'typing':true,'timeout':30000}").ok();
  }

  void receipt(String room, String type, String eventId) {
    client.post(in(room) + "/receipt/" + type + "/" + eventId, "{}").ok();
  }

  void rename(String name) {
    client.put("/profile/" + id() + "/displayname", "{'displayname':'" + name + "'}").ok();
  }

  static String in(String room) {
    return "/rooms/" + Client.encode(room);
  }

  static JsonNode joined(JsonNode answer, String room) {
    return answer.path("rooms").path("join").path(room);
  }

  static JsonNode left(JsonNode answer, String room) {
    return answer.path("rooms").path("leave").path(room);
  }

  static JsonNode invited(JsonNode answer, String room) {
    return answer.path("rooms").path("invite").path(room);
  }

  /** The bodies of the messages in the timeline of a room of an answer. */
  static List<String> bodies(JsonNode room) {
    return bodiesOf(room.path("timeline").path("events"));
  }

  /** The bodies of the messages among events. */
  static List<String> bodiesOf(JsonNode events) {
    return stream(events)
        .filter(event -> event.path("type").asText().equals("m.room.message"))
        .map(event -> event.path("content").path("body").asText())
        .toList();
  }

  /** The types of the events in the timeline of a room. */
  static List<String> types(JsonNode room) {
    return stream(room.path("timeline").path("events"))
        .map(event -> event.path("type").asText())
        .toList();
  }

  /** The type and state key of every state event of a room, outside its timeline. */
  static List<String> state(JsonNode room) {
    return stream(room.path("state").path("events"))
        .map(event -> event.path("type").asText() + "|" + event.path("state_key").asText())
        .toList();
  }

  static List<String> ids(JsonNode room) {
    return stream(room.path("timeline").path("events"))
        .map(event -> event.path("event_id").asText())
        .toList();
  }

  private static Stream<JsonNode> stream(JsonNode events) {
    return StreamSupport.stream(events.spliterator(), false);
  }
}
