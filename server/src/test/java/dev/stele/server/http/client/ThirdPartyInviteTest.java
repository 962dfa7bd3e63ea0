package dev.stele.server.http.client;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.stele.server.testing.TestServer;
import dev.stele.server.testing.TestServer.Answer;
import dev.stele.server.testing.TestServer.Client;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ThirdPartyInviteTest {
  private static TestServer server;
  private static IdentityServer identity;
  private static Client alice;
  private static Client bob;
  private static Client carol;

  @BeforeAll
  static void start() {
    server = new TestServer("federation: { allow_addresses: [127.0.0.0/8] }");
    identity = new IdentityServer(server.vertx());
    alice = server.register("alice");
    bob = server.register("bob");
    carol = server.register("carol");
  }

  @AfterAll
  static void stop() {
    identity.close();
    server.close();
  }

  @BeforeEach
  void reset() {
    identity.bound.clear();
    identity.stored.clear();
    identity.instead.clear();
    identity.valid = true;
  }

  @Test
  void invite_boundAddress_invitesTheUser() {
    String room = createRoom("{}");
    identity.bound.put("bob@example.org", "@bob:test");

    assertThat(invite(alice, room, "Bob@Example.org").status()).isEqualTo(200);

    assertThat(membership(room, bob)).isEqualTo("invite");
    assertThat(identity.stored).isEmpty();
  }

  @Test
  void invite_unknownAddress_isRedeemedByItsOwner() {
    String room = createRoom("{'name':'Den','creation_content':{'type':'m.space'}}");

    assertThat(invite(alice, room, "bob@example.org").status()).isEqualTo(200);

    JsonNode asked = identity.stored.get(0);
    assertThat(asked.path("address").asText()).isEqualTo("bob@example.org");
    assertThat(asked.path("medium").asText()).isEqualTo("email");
    assertThat(asked.path("room_id").asText()).isEqualTo(room);
    assertThat(asked.path("sender").asText()).isEqualTo("@alice:test");
    assertThat(asked.path("room_name").asText()).isEqualTo("Den");
    assertThat(asked.path("room_type").asText()).isEqualTo("m.space");
    JsonNode issued = alice.get(in(room) + "/state/m.room.third_party_invite/token1").ok();
    assertThat(issued.path("display_name").asText()).isEqualTo("b...@e...");
    assertThat(issued.path("public_key"))
        .isEqualTo(issued.path("public_keys").path(0).path("public_key"));
    assertThat(redeem(bob, room, proof("@bob:test")).status()).isEqualTo(200);
    assertThat(membership(room, bob)).isEqualTo("join");
    assertThat(redeem(bob, room, proof("@bob:test")).status()).as("again").isEqualTo(200);
  }

  @Test
  void redeem_throughTheAliasRoute_works() {
    String room = createRoom("{'room_alias_name':'proof'}");
    invite(alice, room, "bob@example.org").ok();

    Answer joined =
        bob.post("/join/%23proof:test", "{\"third_party_signed\":" + proof("@bob:test") + "}");

    assertThat(joined.ok().path("room_id").asText()).isEqualTo(room);
  }

  @Test
  void redeem_badProofs_areRefused() {
    String room = createRoom("{}");
    invite(alice, room, "bob@example.org").ok();
    ObjectNode unsigned = proof("@bob:test");
    unsigned.putObject("signatures").putObject("x").put("ed25519:0", "AAAA");

    assertThat(redeem(carol, room, proof("@bob:test")).error())
        .as("of another user")
        .isEqualTo("403 M_FORBIDDEN");
    assertThat(redeem(bob, room, unsigned).error()).isEqualTo("403 M_FORBIDDEN");
    assertThat(redeem(bob, room, identity.proof("@alice:test", "@bob:test", "token9")).error())
        .as("of no invite")
        .isEqualTo("403 M_FORBIDDEN");
    assertThat(redeem(bob, room, identity.proof("@carol:test", "@bob:test", "token1")).error())
        .as("of another inviter")
        .isEqualTo("403 M_FORBIDDEN");
    assertThat(redeem(bob, createRoom("{}"), proof("@bob:test")).error())
        .as("in another room")
        .isEqualTo("403 M_FORBIDDEN");
    assertThat(bob.post(in(room) + "/join", "{'third_party_signed':{}}").error())
        .isEqualTo("400 M_MISSING_PARAM");
    assertThat(bob.post(in(room) + "/join", "{'third_party_signed':1}").error())
        .isEqualTo("400 M_BAD_JSON");
    identity.valid = false;
    assertThat(redeem(bob, room, proof("@bob:test")).error())
        .as("by a revoked key")
        .isEqualTo("403 M_FORBIDDEN");
    identity.valid = true;
    alice.post(in(room) + "/ban", "{'user_id':'@bob:test'}").ok();
    assertThat(redeem(bob, room, proof("@bob:test")).error())
        .as("when banned")
        .isEqualTo("403 M_FORBIDDEN");
    alice.post(in(room) + "/unban", "{'user_id':'@bob:test'}").ok();
    alice.put(in(room) + "/state/m.room.third_party_invite/token1", "{}").ok();
    assertThat(redeem(bob, room, proof("@bob:test")).error())
        .as("of a revoked invite")
        .isEqualTo("403 M_FORBIDDEN");
  }

  @Test
  void invite_byWhoeverMayNot_asksNobody() {
    String room =
        createRoom("{'preset':'public_chat','power_level_content_override':{'invite':50}}");
    identity.instead.put("/hash_details", new IdentityServer.Answer(500, "not to be asked"));

    assertThat(invite(bob, room, "x@example.org").error()).isEqualTo("403 M_FORBIDDEN");
    bob.post(in(room) + "/join", "{}").ok();
    assertThat(invite(bob, room, "x@example.org").error()).isEqualTo("403 M_FORBIDDEN");
    bob.post(in(room) + "/leave", "{}").ok();
    assertThat(invite(bob, room, "x@example.org").error()).isEqualTo("403 M_FORBIDDEN");
  }

  @Test
  void invite_boundToWhoeverIsThereOrBlocks_isRefused() {
    String room = createRoom("{}");
    identity.bound.put("alice@example.org", "@alice:test");
    identity.bound.put("dave@example.org", "@dave:test");
    identity.bound.put("far@example.org", "@far:elsewhere");
    Client dave = server.register("dave");
    dave.put(
            "/user/@dave:test/account_data/m.invite_permission_config",
            "{'default_action':'block'}")
        .ok();

    assertThat(invite(alice, room, "alice@example.org").error()).isEqualTo("403 M_FORBIDDEN");
    assertThat(invite(alice, room, "dave@example.org").error()).isEqualTo("403 M_INVITE_BLOCKED");
    assertThat(invite(alice, room, "far@example.org").error()).isEqualTo("403 M_FORBIDDEN");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "/hash_details| 500| {}| 502 M_UNKNOWN",
        "/hash_details| 200| no json| 502 M_UNKNOWN",
        "/hash_details| 403| {'errcode':'M_TERMS_NOT_SIGNED'}| 403 M_TERMS_NOT_SIGNED",
        "/hash_details| 401| {'errcode':'M_UNAUTHORIZED'}| 403 M_FORBIDDEN",
        "/lookup| 400| {'errcode':'M_INVALID_PEPPER'}| 502 M_UNKNOWN",
        "/store-invite| 400| {'errcode':'M_THREEPID_IN_USE'}| 400 M_THREEPID_IN_USE",
        "/store-invite| 400| {'errcode':'M_UNRECOGNIZED'}| 400 M_THREEPID_MEDIUM_NOT_SUPPORTED",
        "/store-invite| 200| {'token':'a b','display_name':'x'}| 502 M_UNKNOWN",
        "/store-invite| 200| {'token':'a','display_name':'x','public_keys':[{}]}| 502 M_UNKNOWN"
      })
  void invite_identityServerFails_isTold(String path, int status, String json, String error) {
    String room = createRoom("{}");
    identity.instead.put(path, new IdentityServer.Answer(status, json.replace('\'', '"')));

    assertThat(invite(alice, room, "x@example.org").error()).isEqualTo(error);
  }

  @Test
  void invite_badRequests_areRefused() {
    String path = in(createRoom("{}")) + "/invite";
    String whole =
        "{'id_server':'%s','id_access_token':'%s','medium':'email','address':'x@example.org'}";

    assertThat(alice.post(path, "{'medium':'email'}").error()).isEqualTo("400 M_MISSING_PARAM");
    assertThat(alice.post(path, whole.formatted("no server", "t")).error())
        .isEqualTo("400 M_INVALID_PARAM");
    assertThat(alice.post(path, whole.formatted("localhost:1", "a b")).error())
        .isEqualTo("400 M_INVALID_PARAM");
    assertThat(alice.post(path, whole.formatted("localhost:1", "t")).error())
        .as("nobody there")
        .isEqualTo("502 M_UNKNOWN");
    assertThat(alice.post(path, whole.formatted("192.168.0.1", "t")).error())
        .as("a private address")
        .isEqualTo("400 M_SERVER_NOT_TRUSTED");
  }

  @Test
  void createRoom_withAddresses_invitesThemToo() {
    identity.bound.put("bob@example.org", "@bob:test");

    String room =
        createRoom(
            "{'is_direct':true,'invite_3pid':["
                + body("bob@example.org")
                + ","
                + body("new@example.org")
                + "]}");

    JsonNode member = alice.get(in(room) + "/state/m.room.member/@bob:test").ok();
    assertThat(member.path("membership").asText()).isEqualTo("invite");
    assertThat(member.path("is_direct").asBoolean()).isTrue();
    assertThat(alice.get(in(room) + "/state/m.room.third_party_invite/token1").status())
        .isEqualTo(200);
  }

  @Test
  void createRoom_identityServerFails_makesNoRoom() {
    identity.instead.put("/lookup", new IdentityServer.Answer(500, "{}"));
    int before = alice.get("/joined_rooms").ok().path("joined_rooms").size();

    assertThat(alice.post("/createRoom", "{'invite_3pid':[" + body("x@example.org") + "]}").error())
        .isEqualTo("502 M_UNKNOWN");
    assertThat(alice.get("/joined_rooms").ok().path("joined_rooms")).hasSize(before);
  }

  private static ObjectNode proof(String userId) {
    return identity.proof("@alice:test", userId, "token" + identity.stored.size());
  }

  private static Answer redeem(Client who, String room, ObjectNode proof) {
    return who.post(in(room) + "/join", "{\"third_party_signed\":" + proof + "}");
  }

  private static Answer invite(Client who, String room, String address) {
    return who.post(in(room) + "/invite", body(address));
  }

  private static String body(String address) {
    return "{'id_server':'%s','id_access_token':'%s','medium':'email','address':'%s'}"
        .formatted(identity.name(), IdentityServer.TOKEN, address);
  }

  private static String membership(String room, Client who) {
    return alice
        .get(in(room) + "/state/m.room.member/" + who.userId())
        .ok()
        .path("membership")
        .asText();
  }

  private static String createRoom(String json) {
    return alice.post("/createRoom", json).ok().path("room_id").asText();
  }

  private static String in(String room) {
    return "/rooms/" + Client.encode(room);
  }
}
