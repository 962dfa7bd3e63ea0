package dev.stele.server.http.client;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.stele.server.testing.TestServer;
import dev.stele.server.testing.TestServer.Answer;
import dev.stele.server.testing.TestServer.Client;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

class InvitePermissionTest {
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
    config("{'default_action':'block'}");
  }

  @AfterAll
  static void stop() {
    server.close();
  }

  @Test
  void invite_ofABlockingUser_isRefusedOnEveryWay() {
    String room = createRoom(alice, "{}");
    String state = in(room) + "/state/m.room.member/" + bob.userId();

    assertThat(invite(alice, room).error()).isEqualTo("403 M_INVITE_BLOCKED");
    assertThat(alice.put(state, "{'membership':'invite'}").error())
        .isEqualTo("403 M_INVITE_BLOCKED");
    assertThat(alice.get(state).error()).isEqualTo("404 M_NOT_FOUND");
  }

  @Test
  void createRoom_withABlockingUser_makesNoRoom() {
    int before = alice.get("/joined_rooms").ok().path("joined_rooms").size();

    assertThat(alice.post("/createRoom", "{'invite':['@bob:test','@carol:test']}").error())
        .isEqualTo("403 M_INVITE_BLOCKED");
    assertThat(
            alice
                .post(
                    "/createRoom",
                    "{'initial_state':[{'type':'m.room.member','state_key':'@bob:test',"
                        + "'content':{'membership':'invite'}}]}")
                .error())
        .isEqualTo("403 M_INVITE_BLOCKED");
    assertThat(alice.get("/joined_rooms").ok().path("joined_rooms")).hasSize(before);
  }

  @Test
  void invite_byWhoeverMayNot_tellsNothingOfTheBlock() {
    String room = createRoom(alice, "{'preset':'public_chat'}");

    assertThat(invite(carol, room).error()).as("an outsider").isEqualTo("403 M_FORBIDDEN");
    bob.post(in(room) + "/join", "{}").ok();
    assertThat(invite(alice, room).error()).as("a member").isEqualTo("403 M_FORBIDDEN");
    alice.post(in(room) + "/ban", "{'user_id':'@bob:test'}").ok();
    assertThat(invite(alice, room).error()).as("a banned user").isEqualTo("403 M_FORBIDDEN");
  }

  @Test
  void invite_afterAnotherSetting_works() {
    Client dave = server.register("dave");
    String room = createRoom(alice, "{}");
    String path = "/user/@dave:test/account_data/m.invite_permission_config";
    String invite = "{'user_id':'@dave:test'}";

    dave.put(path, "{'default_action':'block'}").ok();
    assertThat(alice.post(in(room) + "/invite", invite).error()).isEqualTo("403 M_INVITE_BLOCKED");
    dave.put(path, "{'default_action':'allow'}").ok();
    assertThat(alice.post(in(room) + "/invite", invite).status()).isEqualTo(200);
  }

  @Test
  void sync_ofABlockingUser_tellsOfNoInvite() {
    Client erin = server.register("erin");
    String path = "/user/@erin:test/account_data/m.invite_permission_config";
    String room = createRoom(alice, "{'invite':['@erin:test']}");
    assertThat(invites(erin, "").has(room)).as("before").isTrue();

    erin.put(path, "{'default_action':'block'}").ok();

    assertThat(invites(erin, "").has(room)).as("by a view that knows the user").isFalse();
    assertThat(invites(erin, "&full_state=true").has(room)).isFalse();
    assertThat(alice.get(in(room) + "/state/m.room.member/@erin:test").status()).isEqualTo(200);
    server.restart();
    assertThat(invites(erin, "").has(room)).as("by a view that reads the user").isFalse();
    erin.put(path, "{}").ok();
    assertThat(invites(erin, "").has(room)).as("allowed again").isTrue();
  }

  private static JsonNode invites(Client who, String parameters) {
    return who.get("/sync?timeout=0" + parameters).ok().path("rooms").path("invite");
  }

  private static void config(String json) {
    bob.put("/user/@bob:test/account_data/m.invite_permission_config", json).ok();
  }

  private static Answer invite(Client who, String room) {
    return who.post(in(room) + "/invite", "{'user_id':'@bob:test'}");
  }

  private static String createRoom(Client who, String json) {
    return who.post("/createRoom", json).ok().path("room_id").asText();
  }

  private static String in(String room) {
    return "/rooms/" + Client.encode(room);
  }
}
