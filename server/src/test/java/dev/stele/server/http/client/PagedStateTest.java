package dev.stele.server.http.client;

import static dev.stele.server.http.client.TestUser.room;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** Rooms with more state than is read at a time are shown whole, each piece once. */
class PagedStateTest {
  private static final int MEMBERS = 1_050;
  private static final int GONE = 20;

  private static RoomServer server;
  private static TestUser alice;
  private static String large;

  @BeforeAll
  static void start() {
    server = new RoomServer();
    alice = server.user("alice");
    large = alice.createRoom("{'preset':'public_chat'}");
    for (int i = 1; i < MEMBERS; i++) {
      TestUser member = server.user("member" + i);
      member.join(large).ok();
      if (i <= GONE) {
        member.leave(large).ok();
      }
    }
  }

  @AfterAll
  static void stop() {
    server.close();
  }

  @Test
  void members_ofALargeRoom_areToldOnceEach() {
    assertThat(keys(members(""))).hasSize(MEMBERS).doesNotHaveDuplicates();
    assertThat(keys(members("?not_membership=leave")))
        .hasSize(MEMBERS - GONE)
        .doesNotHaveDuplicates()
        .contains(alice.id());
  }

  @Test
  void members_ofOneMembership_areThose() {
    List<String> gone =
        IntStream.rangeClosed(1, GONE).mapToObj(i -> "@member" + i + ":test").toList();
    assertThat(keys(members("?membership=leave"))).containsExactlyInAnyOrderElementsOf(gone);
    assertThat(keys(members("?membership=join"))).hasSize(MEMBERS - GONE).doesNotHaveDuplicates();
    assertThat(keys(members("?membership=ban"))).isEmpty();
    assertThat(keys(members("?membership=leave&not_membership=join")))
        .containsExactlyInAnyOrderElementsOf(gone);
  }

  @Test
  void members_forSomebodyWhoLeft_areThoseOfThen() {
    TestUser first = server.user("member1");
    JsonNode then = first.get(room(large) + "/members?membership=join").ok().path("chunk");
    assertThat(keys(then)).isEqualTo(List.of(alice.id()));
  }

  @Test
  void joinedMembers_ofALargeRoom_areAllWhoAreIn() {
    JsonNode joined = alice.get(room(large) + "/joined_members").ok().path("joined");
    assertThat(joined).hasSize(MEMBERS - GONE);
    assertThat(joined.path("@member21:test").has("display_name")).isTrue();
    assertThat(joined.has("@member1:test")).isFalse();
  }

  @Test
  void state_ofALargeRoom_isToldWhole() {
    JsonNode state = alice.get(room(large) + "/state").ok();
    assertThat(types(state))
        .hasSize(MEMBERS + 5)
        .doesNotHaveDuplicates()
        .contains("m.room.create ");
  }

  @Test
  void context_inALargeRoom_hasAllState() {
    String event = alice.say(large, "here");
    JsonNode context = alice.get(room(large) + "/context/" + event + "?limit=0").ok();
    assertThat(context.at("/event/event_id").asText()).isEqualTo(event);
    assertThat(types(context.path("state"))).hasSize(MEMBERS + 5).doesNotHaveDuplicates();
  }

  private static JsonNode members(String query) {
    return alice.get(room(large) + "/members" + query).ok().path("chunk");
  }

  private static List<String> keys(JsonNode events) {
    List<String> keys = new ArrayList<>();
    events.forEach(event -> keys.add(event.path("state_key").asText()));
    return keys;
  }

  private static List<String> types(JsonNode events) {
    List<String> keys = new ArrayList<>();
    events.forEach(e -> keys.add(e.path("type").asText() + " " + e.path("state_key").asText()));
    return keys;
  }
}
