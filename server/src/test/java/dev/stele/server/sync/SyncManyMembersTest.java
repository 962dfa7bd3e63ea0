package dev.stele.server.sync;

import static dev.stele.server.sync.Follower.joined;
import static dev.stele.server.sync.Follower.left;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.stele.server.testing.TestServer;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** A room with more members than are read at once, one of whom has had very many names. */
final class SyncManyMembersTest {
  private static final int MEMBERS = 121;
  private static final int NAMES = 450;
  private static final String RENAMED = "@member60:test";

  private static TestServer server;
  private static Follower owner;
  private static Follower gone;
  private static Follower last;
  private static String room;

  /** What the last one to come in, who had polled before, was told then. */
  private static JsonNode toldToTheLast;

  @BeforeAll
  static void fill() {
    server = new TestServer();
    owner = Follower.register(server, "owner");
    room = owner.createRoom("{'preset':'public_chat'}");
    for (int i = 1; i < MEMBERS - 1; i++) {
      Follower member = Follower.register(server, "member" + i);
      member.join(room);
      if (i == 60) {
        for (int name = 1; name <= NAMES; name++) {
          member.rename("Name " + name);
        }
      }
      if (i == 110) {
        member.leave(room);
        gone = member;
      }
    }
    last = Follower.register(server, "last");
    last.sync();
    last.join(room);
    toldToTheLast = last.sync();
  }

  @AfterAll
  static void stop() {
    server.close();
  }

  @Test
  void initialSync_tellsEachMemberOnce_asOfTheStartOfTheTimeline() {
    JsonNode hall = joined(owner.anew().sync(), room);

    assertThat(keys(hall.at("/state/events"))).doesNotHaveDuplicates();
    Map<String, String> members = memberships(hall);
    assertThat(members).hasSize(MEMBERS).containsEntry(gone.id(), "leave");
    assertThat(names(hall)).containsEntry(RENAMED, "Name " + NAMES);
    assertThat(hall.at("/summary/m.joined_member_count").asInt()).isEqualTo(MEMBERS - 1);
  }

  @Test
  void initialSync_withStateAfter_tellsEveryMemberThere() {
    JsonNode hall = joined(owner.anew().sync("&use_state_after=true"), room);
    assertThat(keys(hall.at("/state_after/events")))
        .doesNotHaveDuplicates()
        .filteredOn(key -> key.startsWith("m.room.member "))
        .hasSize(MEMBERS);
  }

  @Test
  void fullState_andWhoeverComesIn_areToldEveryMember() {
    Follower reader = owner.anew();
    reader.sync();
    assertThat(memberships(joined(reader.sync("&full_state=true"), room))).hasSize(MEMBERS);
    assertThat(memberships(joined(toldToTheLast, room))).hasSize(MEMBERS);
  }

  @Test
  void filters_applyToTheMembers() {
    JsonNode others =
        joined(
            owner
                .anew()
                .filtered(
                    "{'room':{'state':{'not_senders':['@member7:test']},'timeline':{'types':[]}}}"),
            room);
    assertThat(memberships(others)).doesNotContainKey("@member7:test").containsKey(RENAMED);
    JsonNode none =
        joined(
            owner
                .anew()
                .filtered("{'room':{'state':{'types':['m.room.create']},'timeline':{'types':[]}}}"),
            room);
    assertThat(keys(none.at("/state/events"))).containsExactly("m.room.create ");
  }

  @Test
  void archivedRoom_hasTheMembersOfThen() {
    JsonNode hall = left(gone.anew().filtered("{'room':{'include_leave':true}}"), room);
    assertThat(memberships(hall)).hasSize(111).doesNotContainKey("@member111:test");
  }

  @Test
  void slidingSync_ofAllMembers_tellsEachOnce_andLaterOnlyThoseWhoChange() {
    SlidingClient sliding = new SlidingClient(owner.client(), "all");
    String all = subscription("['m.room.member','*']", 1);
    List<String> told = SlidingClient.state(SlidingClient.room(sliding.sync(all), room));
    assertThat(told).hasSize(MEMBERS).doesNotHaveDuplicates().contains(member(RENAMED));

    last.rename("Second");
    assertThat(SlidingClient.state(SlidingClient.room(sliding.sync(all), room)))
        .containsExactly(member(last.id()));
    last.rename("Third");
    JsonNode longer =
        SlidingClient.room(sliding.sync(subscription("['m.room.member','*']", 20)), room);
    assertThat(longer.path("expanded_timeline").asBoolean()).isTrue();
    assertThat(SlidingClient.state(longer)).containsExactly(member(last.id()));
  }

  @Test
  void slidingSync_ofMoreState_tellsAllMembersThen() {
    SlidingClient sliding = new SlidingClient(owner.client(), "more");
    String few = subscription("['m.room.member','@member7:test'],['m.room.topic','']", 1);
    assertThat(SlidingClient.state(SlidingClient.room(sliding.sync(few), room)))
        .containsExactly(member("@member7:test"));
    String all = subscription("['m.room.member','*'],['m.room.create','']", 1);
    assertThat(SlidingClient.state(SlidingClient.room(sliding.sync(all), room)))
        .hasSize(MEMBERS + 1)
        .doesNotHaveDuplicates()
        .contains("m.room.create|");
  }

  @Test
  void slidingSync_ofAllState_isWhole() {
    JsonNode hall =
        SlidingClient.room(
            new SlidingClient(owner.client(), "whole").sync(subscription("['*','*']", 3)), room);
    assertThat(SlidingClient.state(hall))
        .doesNotHaveDuplicates()
        .contains("m.room.create|", "m.room.power_levels|", member(RENAMED))
        .filteredOn(key -> key.startsWith("m.room.member|"))
        .hasSize(MEMBERS);
    assertThat(hall.path("timeline")).hasSize(3);
    assertThat(hall.path("joined_count").asInt()).isEqualTo(MEMBERS - 1);
  }

  @Test
  void initialSyncs_oldForm_tellEveryMemberOnce() {
    JsonNode own = owner.client().get("/_matrix/client/v3/initialSync?limit=3").ok();
    JsonNode hall = own.path("rooms").get(0);
    JsonNode alone =
        owner.client().get("/_matrix/client/v3/rooms/" + room + "/initialSync?limit=3").ok();
    for (JsonNode told : List.of(hall, alone)) {
      assertThat(told.path("room_id").asText()).isEqualTo(room);
      assertThat(keys(told.path("state"))).doesNotHaveDuplicates().contains("m.room.create ");
      assertThat(keys(told.path("state")))
          .filteredOn(key -> key.startsWith("m.room.member "))
          .hasSize(MEMBERS);
      assertThat(told.at("/messages/chunk")).hasSize(3);
      assertThat(told.path("visibility").asText()).isEqualTo("private");
    }
    assertThat(own.path("rooms")).hasSize(1);
    JsonNode then = gone.client().get("/_matrix/client/v3/initialSync?archived=true").ok();
    assertThat(keys(then.at("/rooms/0/state")))
        .doesNotContain("m.room.member @member111:test")
        .filteredOn(key -> key.startsWith("m.room.member "))
        .hasSize(111);
  }

  private static String subscription(String state, int timeline) {
    return "'room_subscriptions':{'"
        + room
        + "':{'timeline_limit':"
        + timeline
        + ",'required_state':["
        + state
        + "]}}";
  }

  private static String member(String user) {
    return "m.room.member|" + user;
  }

  private static List<String> keys(JsonNode events) {
    List<String> keys = new ArrayList<>();
    events.forEach(e -> keys.add(e.path("type").asText() + " " + e.path("state_key").asText()));
    return keys;
  }

  private static Map<String, String> memberships(JsonNode hall) {
    return members(hall, "membership");
  }

  private static Map<String, String> names(JsonNode hall) {
    return members(hall, "displayname");
  }

  /** What the state and then the timeline say of each member. */
  private static Map<String, String> members(JsonNode hall, String field) {
    Map<String, String> members = new TreeMap<>();
    for (String part : List.of("/state/events", "/timeline/events")) {
      for (JsonNode event : hall.at(part)) {
        if (event.path("type").asText().equals("m.room.member")) {
          members.put(event.path("state_key").asText(), event.path("content").path(field).asText());
        }
      }
    }
    return members;
  }
}
