package dev.stele.server.http.client;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.stele.server.testing.TestServer;
import dev.stele.server.testing.TestServer.Answer;
import dev.stele.server.testing.TestServer.Client;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class UpgradeTest {
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
    alice.put("/profile/@alice:test/displayname", "{'displayname':'alice'}").ok();
  }

  @AfterAll
  static void stop() {
    server.close();
  }

  @Test
  void upgrade_takesOverStateAliasesAndListing() {
    String old =
        createRoom(
            "{'preset':'public_chat','visibility':'public','room_version':'10','name':'Pub',"
                + "'topic':'Ale','room_alias_name':'pub','creation_content':{'m.federate':false},"
                + "'initial_state':["
                + "{'type':'m.room.encryption','content':{'algorithm':'m.megolm.v1.aes-sha2'}},"
                + "{'type':'m.room.avatar','content':{'url':'mxc://test/a'}},"
                + "{'type':'m.room.server_acl','content':{'allow':['*']}},"
                + "{'type':'org.example.own','content':{'a':1}},"
                + "{'type':'m.room.history_visibility',"
                + "'content':{'history_visibility':'world_readable'}}]}");
    bob.post(in(old) + "/join", "{}").ok();
    alice.post(in(old) + "/ban", "{'user_id':'@carol:test'}").ok();

    String room = upgrade(old, "11");

    JsonNode create = state(room, "m.room.create");
    assertThat(create.path("room_version").asText()).isEqualTo("11");
    assertThat(create.path("predecessor").path("room_id").asText()).isEqualTo(old);
    assertThat(create.path("predecessor").path("event_id").asText()).startsWith("$");
    assertThat(create.path("m.federate").asBoolean(true)).isFalse();
    for (String type :
        List.of("name", "topic", "avatar", "encryption", "server_acl", "join_rules")) {
      assertThat(state(room, "m.room." + type)).isEqualTo(state(old, "m.room." + type));
    }
    assertThat(state(room, "m.room.history_visibility").toString()).contains("world_readable");
    assertThat(state(room, "m.room.canonical_alias").toString()).contains("#pub:test");
    assertThat(alice.get(in(room) + "/state/org.example.own").error()).isEqualTo("404 M_NOT_FOUND");
    assertThat(state(room, "m.room.member/@carol:test").path("membership").asText())
        .isEqualTo("ban");
    assertThat(alice.get(in(room) + "/joined_members").ok().path("joined")).hasSize(1);
    assertThat(state(room, "m.room.member/@alice:test").path("displayname").asText())
        .isEqualTo("alice");
    assertThat(alice.get("/directory/room/%23pub:test").ok().path("room_id").asText())
        .isEqualTo(room);
    assertThat(visibility(room)).isEqualTo("public");
    assertThat(visibility(old)).isEqualTo("private");
    assertThat(bob.post("/join/%23pub:test", "{}").ok().path("room_id").asText()).isEqualTo(room);
  }

  @Test
  void upgrade_leavesTheOldRoomQuiet() {
    String old = createRoom("{'preset':'public_chat','room_alias_name':'quiet'}");
    bob.post(in(old) + "/join", "{}").ok();

    String room = upgrade(old, "12");

    assertThat(state(old, "m.room.tombstone").path("replacement_room").asText()).isEqualTo(room);
    assertThat(state(old, "m.room.tombstone").path("body").asText()).isNotEmpty();
    assertThat(state(old, "m.room.power_levels").path("events_default").asInt()).isEqualTo(50);
    assertThat(state(old, "m.room.power_levels").path("invite").asInt()).isEqualTo(50);
    assertThat(state(old, "m.room.canonical_alias")).isEmpty();
    assertThat(bob.put(in(old) + "/send/m.room.message/1", "{'body':'x'}").error())
        .isEqualTo("403 M_FORBIDDEN");
    assertThat(bob.post(in(old) + "/invite", "{'user_id':'@carol:test'}").error())
        .isEqualTo("403 M_FORBIDDEN");
    assertThat(state(room, "m.room.power_levels").path("events_default").asInt()).isZero();
  }

  @Test
  void upgrade_isSeenBySync() {
    String old = createRoom("{'preset':'public_chat'}");
    String since = alice.get("/sync?timeout=0").ok().path("next_batch").asText();

    String room = upgrade(old, "12");

    JsonNode joined = alice.get("/sync?timeout=0&since=" + since).ok().path("rooms").path("join");
    assertThat(joined.path(old).path("timeline").toString()).contains("m.room.tombstone");
    assertThat(joined.path(room).path("timeline").path("events")).isNotEmpty();
  }

  @Test
  void upgrade_byWhoeverMayNot_isForbidden() {
    String old = createRoom("{'preset':'public_chat','invite':['@carol:test']}");

    assertThat(ask(bob, old, "12").error()).as("never there").isEqualTo("403 M_FORBIDDEN");
    assertThat(ask(carol, old, "12").error()).as("invited").isEqualTo("403 M_FORBIDDEN");
    bob.post(in(old) + "/join", "{}").ok();
    assertThat(ask(bob, old, "12").error()).as("without power").isEqualTo("403 M_FORBIDDEN");
    bob.post(in(old) + "/leave", "{}").ok();
    assertThat(ask(bob, old, "12").error()).as("left").isEqualTo("403 M_FORBIDDEN");
    alice.post(in(old) + "/ban", "{'user_id':'@bob:test'}").ok();
    assertThat(ask(bob, old, "12").error()).as("banned").isEqualTo("403 M_FORBIDDEN");
    assertThat(ask(alice, "!nowhere:test", "12").error()).isEqualTo("403 M_FORBIDDEN");
    assertThat(alice.get(in(old) + "/state/m.room.tombstone").error()).isEqualTo("404 M_NOT_FOUND");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "{}| 400 M_MISSING_PARAM",
        "{'new_version':12}| 400 M_BAD_JSON",
        "{'new_version':'99'}| 400 M_UNSUPPORTED_ROOM_VERSION",
        "{'new_version':''}| 400 M_UNSUPPORTED_ROOM_VERSION",
        "{'new_version':'12','additional_creators':'@bob:test'}| 400 M_BAD_JSON",
        "{'new_version':'12','additional_creators':['bob']}| 400 M_BAD_JSON",
        "[]| 400 M_BAD_JSON"
      })
  void upgrade_badRequest_isRefused(String body, String error) {
    String old = createRoom("{}");

    assertThat(alice.post(in(old) + "/upgrade", body).error()).isEqualTo(error);
    assertThat(alice.get(in(old) + "/state/m.room.tombstone").error()).isEqualTo("404 M_NOT_FOUND");
  }

  @Test
  void upgrade_repeated_isTheSameRoom() {
    String old = createRoom("{}");
    String room = upgrade(old, "11");

    assertThat(upgrade(old, "11")).isEqualTo(room);
    assertThat(upgrade(old, "12")).as("something else").isNotEqualTo(room);
  }

  @Test
  void upgrade_manyTimesAtOnce_isOneRoom() {
    String old = createRoom("{'room_alias_name':'crowd'}");

    List<CompletableFuture<String>> rooms =
        IntStream.range(0, 8)
            .mapToObj(i -> CompletableFuture.supplyAsync(() -> upgrade(old, "12")))
            .toList();

    String first = rooms.get(0).join();
    assertThat(rooms).allSatisfy(room -> assertThat(room.join()).isEqualTo(first));
    assertThat(alice.get("/directory/room/%23crowd:test").ok().path("room_id").asText())
        .isEqualTo(first);
  }

  @Test
  void upgrade_toVersion12_makesCreatorsStandAbove() {
    String old =
        createRoom(
            "{'room_version':'11','power_level_content_override':"
                + "{'users':{'@alice:test':100,'@bob:test':50,'@carol:test':100}}}");

    String room =
        alice
            .post(
                in(old) + "/upgrade",
                "{'new_version':'12','additional_creators':['@bob:test','@alice:test']}")
            .ok()
            .path("replacement_room")
            .asText();

    JsonNode levels = state(room, "m.room.power_levels");
    assertThat(levels.path("users").toString()).isEqualTo("{\"@carol:test\":100}");
    assertThat(levels.path("events").path("m.room.tombstone").asInt()).isEqualTo(150);
    assertThat(state(room, "m.room.create").path("additional_creators").toString())
        .isEqualTo("[\"@bob:test\"]");
  }

  @Test
  void upgrade_ofVersion12_doesNotCarryCreatorsAlong() {
    String old =
        createRoom(
            "{'room_version':'12','creation_content':{'additional_creators':['@bob:test']}}");

    String next = upgrade(old, "12");
    String back = upgrade(next, "11");

    assertThat(state(next, "m.room.create").has("additional_creators")).isFalse();
    assertThat(state(back, "m.room.power_levels").path("users").path("@alice:test").asInt())
        .isEqualTo(100);
    alice.put(in(back) + "/state/m.room.name", "{'name':'Still mine'}").ok();
  }

  @Test
  void upgrade_byAModerator_keepsTheLevels() {
    String old =
        createRoom(
            "{'room_version':'10','invite':['@bob:test'],'power_level_content_override':"
                + "{'events':{'m.room.tombstone':50,'m.room.power_levels':100},"
                + "'users':{'@alice:test':100,'@bob:test':50}}}");
    bob.post(in(old) + "/join", "{}").ok();

    String room = ask(bob, old, "11").ok().path("replacement_room").asText();

    JsonNode levels = bob.get(in(room) + "/state/m.room.power_levels").ok();
    assertThat(levels.path("users").path("@alice:test").asInt()).isEqualTo(100);
    assertThat(levels.path("users").path("@bob:test").asInt()).isEqualTo(50);
    assertThat(state(old, "m.room.power_levels").path("events_default").asInt())
        .as("which bob may not raise")
        .isZero();
  }

  @ParameterizedTest
  @CsvSource({
    "knock, 6, invite",
    "restricted, 7, invite",
    "knock_restricted, 9, restricted",
    "knock_restricted, 11, knock_restricted"
  })
  void upgrade_joinRule_isOneOfTheVersion(String rule, String version, String becomes) {
    String club = createRoom("{}");
    String allow = "[{'type':'m.room_membership','room_id':'" + club + "'}]";
    String old =
        createRoom(
            "{'initial_state':[{'type':'m.room.join_rules','content':{'join_rule':'"
                + rule
                + "','allow':"
                + allow
                + "}}]}");

    JsonNode rules = state(upgrade(old, version), "m.room.join_rules");

    assertThat(rules.path("join_rule").asText()).isEqualTo(becomes);
    assertThat(rules.path("allow").toString()).isEqualTo(allow.replace('\'', '"'));
  }

  @Test
  void upgrade_ofASpace_keepsItsRooms() {
    String space = createRoom("{'creation_content':{'type':'m.space'}}");
    String kept = Client.encode("!kept:test");
    String gone = Client.encode("!gone:test");
    alice.put(in(space) + "/state/m.space.child/" + kept, "{'via':['test']}").ok();
    alice.put(in(space) + "/state/m.space.child/" + gone, "{}").ok();

    String room = upgrade(space, "12");

    assertThat(state(room, "m.room.create").path("type").asText()).isEqualTo("m.space");
    assertThat(state(room, "m.space.child/" + kept).path("via").path(0).asText()).isEqualTo("test");
    assertThat(alice.get(in(room) + "/state/m.space.child/" + gone).error())
        .isEqualTo("404 M_NOT_FOUND");
  }

  @Test
  void join_ofTheReplacement_bringsTagsAndDirectChatsAlong() {
    String old = createRoom("{'preset':'public_chat'}");
    bob.post(in(old) + "/join", "{}").ok();
    bob.put("/user/@bob:test" + in(old) + "/tags/m.favourite", "{'order':0.5}").ok();
    bob.put("/user/@bob:test/account_data/m.direct", "{'@alice:test':['" + old + "']}").ok();

    String room = upgrade(old, "12");
    bob.post(in(room) + "/join", "{}").ok();

    assertThat(bob.get("/user/@bob:test" + in(room) + "/tags").ok().toString())
        .contains("m.favourite");
    assertThat(bob.get("/user/@bob:test/account_data/m.direct").ok().toString()).contains(room);
  }

  @Test
  void join_ofTheReplacement_bringsPushRulesAlong() {
    String old = createRoom("{'preset':'public_chat'}");
    bob.post(in(old) + "/join", "{}").ok();
    String rules = "/pushrules/global/";
    bob.put(rules + "room/" + Client.encode(old), "{'actions':[]}").ok();
    bob.put(
            rules + "override/" + Client.encode(old),
            "{'conditions':[{'kind':'event_match','key':'room_id','pattern':'"
                + old
                + "'}],'actions':[]}")
        .ok();
    alice.put(rules + "room/" + Client.encode(old), "{'actions':['notify']}").ok();

    String room = upgrade(old, "12");
    bob.post(in(room) + "/join", "{}").ok();

    JsonNode muted = bob.get(rules + "override/" + Client.encode(room)).ok();
    assertThat(muted.at("/conditions/0/pattern").asText()).isEqualTo(room);
    assertThat(muted.path("enabled").asBoolean()).isTrue();
    assertThat(bob.get(rules + "room/" + Client.encode(room)).ok().path("actions")).isEmpty();
    assertThat(bob.get(rules + "room/" + Client.encode(old)).status()).isEqualTo(200);
    assertThat(alice.get(rules + "room/" + Client.encode(room)).ok().path("actions"))
        .as("whoever upgrades the room is in the new one at once")
        .hasSize(1);
  }

  @Test
  void join_ofTheReplacement_leavesRulesThatAreThereAlone() {
    String old = createRoom("{'preset':'public_chat'}");
    bob.post(in(old) + "/join", "{}").ok();
    String room = upgrade(old, "12");
    bob.put("/pushrules/global/room/" + Client.encode(old), "{'actions':[]}").ok();
    bob.put("/pushrules/global/room/" + Client.encode(room), "{'actions':['notify']}").ok();

    bob.post(in(room) + "/join", "{}").ok();

    assertThat(bob.get("/pushrules/global/room/" + Client.encode(room)).ok().path("actions"))
        .hasSize(1);
  }

  @Test
  void join_ofARoomThatOnlyClaimsToReplace_bringsNothingAlong() {
    String old = createRoom("{'preset':'public_chat'}");
    bob.post(in(old) + "/join", "{}").ok();
    bob.put("/user/@bob:test" + in(old) + "/tags/m.favourite", "{}").ok();
    String room =
        createRoom(
            "{'preset':'public_chat','creation_content':{'predecessor':{'room_id':'"
                + old
                + "','event_id':'$x'}}}");

    bob.post(in(room) + "/join", "{}").ok();

    assertThat(bob.get("/user/@bob:test" + in(room) + "/tags").ok().path("tags")).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(strings = {"1", "2", "3", "4", "5", "6", "7", "8", "9", "10", "11", "12"})
  void upgrade_toEveryVersion_isARoomToTalkIn(String version) {
    String room = upgrade(createRoom("{'preset':'public_chat'}"), version);

    bob.post(in(room) + "/join", "{}").ok();
    bob.put(in(room) + "/send/m.room.message/1", "{'body':'hello'}").ok();
    alice.put(in(room) + "/state/m.room.name", "{'name':'New'}").ok();
    alice.post(in(room) + "/kick", "{'user_id':'@bob:test'}").ok();
  }

  private static String upgrade(String room, String version) {
    return ask(alice, room, version).ok().path("replacement_room").asText();
  }

  private static Answer ask(Client who, String room, String version) {
    return who.post(in(room) + "/upgrade", "{'new_version':'" + version + "'}");
  }

  private static String createRoom(String json) {
    return alice.post("/createRoom", json).ok().path("room_id").asText();
  }

  private static JsonNode state(String room, String typeAndKey) {
    return alice.get(in(room) + "/state/" + typeAndKey).ok();
  }

  private static String visibility(String room) {
    return alice
        .get("/directory/list/room/" + Client.encode(room))
        .ok()
        .path("visibility")
        .asText();
  }

  private static String in(String room) {
    return "/rooms/" + Client.encode(room);
  }
}
