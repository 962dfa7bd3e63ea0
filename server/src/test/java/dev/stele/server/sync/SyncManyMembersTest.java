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
    Follower last = Follower.register(server, "last");
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
