package dev.stele.server;

import static dev.stele.server.http.TestEdge.await;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.google.errorprone.annotations.CanIgnoreReturnValue;
import dev.stele.server.cli.LogReport;
import dev.stele.server.testing.TestServer;
import dev.stele.server.testing.TestServer.Client;
import dev.stele.stateres.version.RoomVersion;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Rooms of every version, as clients see them and as the log keeps them. */
final class RoomVersionsTest {
  private static TestServer server;
  private static Client alice;
  private static Client bob;
  private static Client carol;

  @BeforeAll
  static void start() {
    server = new TestServer();
    alice = server.register("alice");
    bob = server.register("bob");
    carol = server.register("carol");
  }

  @AfterAll
  static void stop() {
    server.close();
  }

  static Stream<String> versions() {
    return RoomVersion.all().stream().map(RoomVersion::id);
  }

  @ParameterizedTest
  @MethodSource("versions")
  void roomOfAnyVersion_talkedIn_isReadBack(String version) {
    String room = create(alice, version);
    List<String> ids = talk(room, alice, bob, carol);

    List<JsonNode> synced = list(syncedTimeline(bob, room));
    List<JsonNode> paged = list(bob.get(in(room) + "/messages?dir=f&limit=100").ok().get("chunk"));

    assertThat(synced).extracting(RoomVersionsTest::id).containsSubsequence(ids);
    assertThat(paged).extracting(RoomVersionsTest::id).containsSubsequence(ids);
    assertThat(paged).extracting(RoomVersionsTest::id).allMatch(id -> fits(id, version));
    assertThat(paged)
        .filteredOn(event -> event.path("type").asText().equals("m.room.message"))
        .extracting(event -> event.path("content").path("body").asText())
        .containsExactly("", "hello Bob", "");
    assertThat(state(room, "m.room.topic").path("topic").asText()).isEqualTo("Bob was here");
    assertThat(state(room, "m.room.create").path("room_version").asText()).isEqualTo(version);
  }

  @ParameterizedTest
  @MethodSource("versions")
  void roomOfAnyVersion_withoutPower_staysAsItIs(String version) {
    String room = create(alice, version);
    bob.post(in(room) + "/join", "{}").ok();
    String said = say(alice, room, "1", "mine");

    assertThat(bob.put(in(room) + "/redact/" + Client.encode(said) + "/2", "{}").error())
        .isEqualTo("403 M_FORBIDDEN");
    assertThat(bob.post(in(room) + "/ban", "{'user_id':'@alice:test'}").error())
        .isEqualTo("403 M_FORBIDDEN");
    assertThat(carol.put(in(room) + "/send/m.room.message/3", "{'body':'x'}").error())
        .isEqualTo("403 M_FORBIDDEN");
    assertThat(carol.get(in(room) + "/messages?dir=b").error()).isEqualTo("403 M_FORBIDDEN");
    JsonNode event = alice.get(in(room) + "/event/" + Client.encode(said)).ok();
    assertThat(event.path("content").path("body").asText()).isEqualTo("mine");
  }

  @ParameterizedTest
  @MethodSource("versions")
  void roomOfAnyVersion_upgraded_isReplaced(String version) {
    String room = create(alice, version);

    String newer =
        alice
            .post(in(room) + "/upgrade", "{'new_version':'12'}")
            .ok()
            .path("replacement_room")
            .asText();

    assertThat(state(room, "m.room.tombstone").path("replacement_room").asText()).isEqualTo(newer);
    assertThat(state(newer, "m.room.create").at("/predecessor/room_id").asText()).isEqualTo(room);
    assertThat(state(newer, "m.room.name").path("name").asText()).isEqualTo("N");
  }

  @Test
  void log_ofRoomsOfEveryVersion_isVerifiedAndRebuilt() {
    TestServer own = new TestServer();
    Client owner = own.register("alice");
    Client friend = own.register("bob");
    Client stranger = own.register("carol");
    List<String> rooms = versions().map(version -> create(owner, version)).toList();
    rooms.forEach(room -> talk(room, owner, friend, stranger));
    // What comes next refers to events that the new server has to read first.
    own.restart();
    rooms.forEach(room -> say(owner, room, "9", "after the restart"));
    own.stop();
    HomeserverOperations operations = new HomeserverOperations();

    LogReport verified =
        await(operations.verifyLog(own.vertx(), own.effectiveSettings(), (done, of) -> {}));
    LogReport rebuilt =
        await(operations.rebuildLog(own.vertx(), own.effectiveSettings(), (done, of) -> {}));

    assertThat(verified.problems()).isEmpty();
    assertThat(verified.counts()).containsEntry("rooms", (long) rooms.size());
    assertThat(rebuilt.problems()).isEmpty();
    own.close();
  }

  private static String create(Client creator, String version) {
    String wish =
        "{'room_version':'" + version + "','preset':'public_chat','name':'N','invite':[]}";
    return creator.post("/createRoom", wish).ok().path("room_id").asText();
  }

  /** Each kind of event once; the ids of those that do not depend on the version, in order. */
  @CanIgnoreReturnValue
  private static List<String> talk(String room, Client owner, Client friend, Client stranger) {
    friend.post(in(room) + "/join", "{}").ok();
    String first = say(friend, room, "1", "of Bob");
    String second = say(owner, room, "2", "hello Bob");
    String third = say(friend, room, "3", "a slip");
    String levels = promote(room, owner, friend);
    String topic =
        friend
            .put(in(room) + "/state/m.room.topic", "{'topic':'Bob was here'}")
            .ok()
            .path("event_id")
            .asText();
    stranger.post(in(room) + "/join", "{}").ok();
    friend.post(in(room) + "/ban", "{'user_id':'@carol:test'}").ok();
    assertThat(stranger.post(in(room) + "/join", "{}").error()).isEqualTo("403 M_FORBIDDEN");
    String byModerator = redact(owner, room, first, "4");
    String byAuthor = redact(friend, room, third, "5");
    return List.of(first, second, third, levels, topic, byModerator, byAuthor);
  }

  private static String promote(String room, Client owner, Client friend) {
    ObjectNode levels =
        (ObjectNode) owner.get(in(room) + "/state/m.room.power_levels").ok().deepCopy();
    levels.withObjectProperty("users").put(friend.userId(), 50);
    return owner
        .put(in(room) + "/state/m.room.power_levels", levels.toString())
        .ok()
        .path("event_id")
        .asText();
  }

  @CanIgnoreReturnValue
  private static String say(Client who, String room, String transaction, String text) {
    return who.put(
            in(room) + "/send/m.room.message/" + transaction + room.substring(1, 8),
            "{'msgtype':'m.text','body':'" + text + "'}")
        .ok()
        .path("event_id")
        .asText();
  }

  private static String redact(Client who, String room, String eventId, String transaction) {
    return who.put(
            in(room)
                + "/redact/"
                + Client.encode(eventId)
                + "/"
                + transaction
                + room.substring(1, 8),
            "{}")
        .ok()
        .path("event_id")
        .asText();
  }

  private static JsonNode syncedTimeline(Client who, String room) {
    JsonNode joined =
        who.get("/sync?filter=" + Client.encode("{\"room\":{\"timeline\":{\"limit\":100}}}"))
            .ok()
            .path("rooms")
            .path("join");
    return joined.path(room).path("timeline").path("events");
  }

  private static JsonNode state(String room, String type) {
    return alice.get(in(room) + "/state/" + type).ok();
  }

  private static List<JsonNode> list(JsonNode events) {
    List<JsonNode> list = new ArrayList<>();
    ((ArrayNode) events).forEach(list::add);
    return list;
  }

  private static String id(JsonNode event) {
    return event.path("event_id").asText();
  }

  /** Room versions 1 and 2: a server's own name for the event; later: its hash. */
  private static boolean fits(String eventId, String version) {
    return (version.equals("1") || version.equals("2"))
        ? eventId.matches("\\$[A-Za-z0-9_-]+:test")
        : eventId.length() == 44;
  }

  private static String in(String room) {
    return "/rooms/" + Client.encode(room);
  }
}
