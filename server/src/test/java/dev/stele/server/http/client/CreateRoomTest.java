package dev.stele.server.http.client;

import static dev.stele.server.http.client.TestUser.room;
import static java.util.stream.Collectors.joining;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class CreateRoomTest extends InRooms {
  @ParameterizedTest
  @ValueSource(strings = {"1", "2", "3", "4", "5", "6", "7", "8", "9", "10", "11", "12"})
  void create_everyVersion_makesARoomToTalkIn(String version) {
    String room =
        alice.createRoom("{'room_version':'" + version + "','name':'N','invite':['@bob:test']}");

    assertThat(bob.join(room).status()).isEqualTo(200);
    bob.say(room, "hello");
    assertThat(alice.reads(room)).containsExactly("hello");
    assertThat(state(room, "m.room.create").path("room_version").asText()).isEqualTo(version);
  }

  @Test
  void create_manyWishes_areAllInTheState() {
    String room =
        alice.createRoom(
            "{'preset':'public_chat','visibility':'public','room_alias_name':'wishes',"
                + "'name':'Name','topic':'Topic','invite':['@bob:test'],'is_direct':true,"
                + "'initial_state':[{'type':'m.custom','state_key':'k','content':{'a':1}}],"
                + "'creation_content':{'type':'m.space'},"
                + "'power_level_content_override':{'invite':60}}");

    assertThat(state(room, "m.room.name").path("name").asText()).isEqualTo("Name");
    assertThat(state(room, "m.room.topic").path("topic").asText()).isEqualTo("Topic");
    assertThat(state(room, "m.room.canonical_alias").path("alias").asText())
        .isEqualTo("#wishes:test");
    assertThat(state(room, "m.room.join_rules").path("join_rule").asText()).isEqualTo("public");
    assertThat(state(room, "m.custom/k").path("a").asInt()).isEqualTo(1);
    assertThat(state(room, "m.room.create").path("type").asText()).isEqualTo("m.space");
    assertThat(state(room, "m.room.power_levels").path("invite").asInt()).isEqualTo(60);
    assertThat(state(room, "m.room.member/@bob:test").path("is_direct").asBoolean()).isTrue();
    assertThat(state(room, "m.room.member/@alice:test").path("displayname").asText())
        .isEqualTo("alice");
    assertThat(bob.get("/directory/room/%23wishes:test").ok().path("room_id").asText())
        .isEqualTo(room);
    assertThat(alice.get("/directory/list/room/" + room).ok().path("visibility").asText())
        .isEqualTo("public");
  }

  @Test
  void create_trustedInVersion12_makesTheInvitedACreator() {
    String room =
        alice.createRoom(
            "{'room_version':'12','preset':'trusted_private_chat','invite':['@bob:test']}");
    bob.join(room).ok();

    assertThat(state(room, "m.room.create").path("additional_creators").path(0).asText())
        .isEqualTo("@bob:test");
    assertThat(bob.setState(room, "m.room.tombstone", "{'body':'moved'}").status()).isEqualTo(200);
  }

  @Test
  void create_takenAlias_isRefusedAndLeavesNoRoom() {
    alice.createRoom("{'room_alias_name':'taken'}");
    int before = alice.get("/joined_rooms").ok().path("joined_rooms").size();

    assertThat(alice.post("/createRoom", "{'room_alias_name':'taken'}").error())
        .isEqualTo("400 M_ROOM_IN_USE");
    assertThat(alice.get("/joined_rooms").ok().path("joined_rooms")).hasSize(before);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "[]| 400 M_BAD_JSON",
        "{| 400 M_NOT_JSON",
        "{'name':1}| 400 M_BAD_JSON",
        "{'invite':'@bob:test'}| 400 M_BAD_JSON",
        "{'invite':['bob']}| 400 M_INVALID_PARAM",
        "{'invite':['@bob:elsewhere']}| 403 M_FORBIDDEN",
        "{'invite_3pid':[{'medium':'email'}]}| 400 M_MISSING_PARAM",
        "{'visibility':'secret'}| 400 M_BAD_JSON",
        "{'preset':'party'}| 400 M_BAD_JSON",
        "{'room_version':'99'}| 400 M_UNSUPPORTED_ROOM_VERSION",
        "{'room_version':6}| 400 M_BAD_JSON",
        "{'room_alias_name':''}| 400 M_INVALID_PARAM",
        "{'room_alias_name':'a:b'}| 400 M_INVALID_PARAM",
        "{'initial_state':[{'type':'m.x'}]}| 400 M_BAD_JSON",
        "{'initial_state':[{'type':'m.x','content':{'a':1.5}}]}| 400 M_BAD_JSON",
        "{'initial_state':[{'type':'m.room.create','content':{}}]}| 400 M_INVALID_ROOM_STATE",
        "{'creation_content':{'m.federate':'no'}}| 400 M_BAD_JSON",
        "{'room_version':'12','creation_content':{'additional_creators':['x']}}| 400 M_BAD_JSON",
        "{'power_level_content_override':{'ban':'50'}}| 400 M_BAD_JSON",
        "{'power_level_content_override':{'users':{'@alice:test':0}}}| 400 M_INVALID_ROOM_STATE",
        "{'room_version':'12','power_level_content_override':{'users':{'@alice:test':100}}}"
            + "| 400 M_INVALID_ROOM_STATE",
        "{'invite':['@alice:test']}| 400 M_INVALID_ROOM_STATE",
        "{'room_version':'0'}| 400 M_UNSUPPORTED_ROOM_VERSION",
        "{'creation_content':{'type':1}}| 400 M_BAD_JSON",
        "{'creation_content':[]}| 400 M_BAD_JSON",
        "{'is_direct':'yes'}| 400 M_BAD_JSON",
        "{'initial_state':[{'type':'m.room.name','content':{'name':1}}]}| 400 M_BAD_JSON",
        "{'initial_state':[{'type':'m.room.power_levels','content':{'ban':'x'}}]}| 400 M_BAD_JSON",
        "{'initial_state':[{'type':'m.room.member','state_key':'@b:elsewhere',"
            + "'content':{'membership':'invite'}}]}| 403 M_FORBIDDEN",
        "{'initial_state':[{'type':'m.room.member','state_key':'b','content':{}}]}"
            + "| 400 M_INVALID_PARAM"
      })
  void create_badWish_isRefused(String body, String error) {
    long before = server.position();

    assertThat(alice.post("/createRoom", body).error()).isEqualTo(error);
    assertThat(server.position()).as("nothing is written").isEqualTo(before);
  }

  @Test
  void create_tooManyInvitesOrPieces_isRefused() {
    String invites =
        IntStream.range(0, 501).mapToObj(i -> "'@u" + i + ":test'").collect(joining(","));
    String pieces =
        IntStream.range(0, 501)
            .mapToObj(i -> "{'type':'m.x','state_key':'" + i + "','content':{}}")
            .collect(joining(","));

    assertThat(alice.post("/createRoom", "{'invite':[" + invites + "]}").error())
        .isEqualTo("400 M_INVALID_PARAM");
    assertThat(alice.post("/createRoom", "{'initial_state':[" + pieces + "]}").error())
        .isEqualTo("400 M_INVALID_PARAM");
  }

  @Test
  void create_invitedTwice_isInvitedOnce() {
    String room = alice.createRoom("{'invite':['@bob:test','@bob:test']}");

    assertThat(state(room, "m.room.member/@bob:test").path("membership").asText())
        .isEqualTo("invite");
  }

  @Test
  void create_topic_isRich() {
    JsonNode topic = state(alice.createRoom("{'topic':'Tea'}"), "m.room.topic");

    JsonNode text = topic.path("m.topic").path("m.text").path(0);
    assertThat(topic.path("topic").asText()).isEqualTo("Tea");
    assertThat(text.path("body").asText()).isEqualTo("Tea");
    assertThat(text.path("mimetype").asText("text/plain")).isEqualTo("text/plain");
  }

  @Test
  void create_tooLargeTopic_isRefused() {
    assertThat(alice.post("/createRoom", "{'topic':'" + "x".repeat(70_000) + "'}").error())
        .isEqualTo("413 M_TOO_LARGE");
  }

  private JsonNode state(String room, String typeAndKey) {
    return alice.get(room(room) + "/state/" + typeAndKey).ok();
  }
}
