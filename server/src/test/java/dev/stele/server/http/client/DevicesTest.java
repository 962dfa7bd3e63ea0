package dev.stele.server.http.client;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.google.errorprone.annotations.CanIgnoreReturnValue;
import dev.stele.server.testing.TestServer;
import dev.stele.server.testing.TestServer.Answer;
import dev.stele.server.testing.TestServer.Client;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

final class DevicesTest {
  private static TestServer server;

  @BeforeAll
  static void start() {
    server = new TestServer();
  }

  @AfterAll
  static void stop() {
    server.close();
  }

  @Test
  void devices_ofAUser_areListedWithWhatIsKnown() {
    Client alice = server.register("lister");
    Client other = logIn("lister", "TABLET", "My tablet");
    server.register("someoneelse");

    Answer list = alice.get("/devices");

    assertThat(list.ok().path("devices")).hasSize(2);
    Answer tablet = other.get("/devices/TABLET");
    assertThat(tablet.ok().path("device_id").asText()).isEqualTo("TABLET");
    assertThat(tablet.json().path("display_name").asText()).isEqualTo("My tablet");
    assertThat(tablet.json().path("last_seen_ip").asText()).isEqualTo("127.0.0.1");
    assertThat(tablet.json().path("last_seen_ts").asLong()).isPositive();
  }

  @Test
  void lastSeen_isKeptAcrossARestart_andWrittenOnceAnHourAtMost() {
    Client alice = server.register("seen");
    Client tablet = logIn("seen", "TABLET", "My tablet");
    for (int i = 0; i < 20; i++) {
      tablet.get("/account/whoami").ok();
    }
    JsonNode before = alice.get("/devices/TABLET").ok();
    assertThat(before.path("last_seen_ts").asLong()).isPositive();

    server.restart();

    JsonNode after = alice.get("/devices/TABLET").ok();
    assertThat(after.path("last_seen_ip").asText()).isEqualTo("127.0.0.1");
    assertThat(after.path("last_seen_ts")).isEqualTo(before.path("last_seen_ts"));
    for (int i = 0; i < 20; i++) {
      tablet.get("/account/whoami").ok();
    }
    server.restart();
    assertThat(alice.get("/devices/TABLET").ok().path("last_seen_ts").asLong())
        .isGreaterThan(before.path("last_seen_ts").asLong());
    assertThat(
            server
                .sql(
                    "SELECT count(*)::int AS count FROM log.record WHERE kind = 'device.seen'"
                        + " AND skeleton LIKE '%@seen:test%' AND skeleton LIKE '%TABLET%'")
                .iterator()
                .next()
                .getInteger("count"))
        .as("once for each start")
        .isEqualTo(2);
  }

  @Test
  void devices_ofOthers_areNotFound() {
    Client alice = server.register("private");
    logIn("private", "MINE", null);
    Client mallory = server.register("mallory");

    assertThat(mallory.get("/devices/MINE").error()).isEqualTo("404 M_NOT_FOUND");
    assertThat(mallory.put("/devices/MINE", "{'display_name':'Stolen'}").error())
        .isEqualTo("404 M_NOT_FOUND");
    assertThat(mallory.put("/devices/MINE", "{}").error()).isEqualTo("404 M_NOT_FOUND");
    delete(mallory, "MINE", "mallory").ok();
    assertThat(alice.get("/devices/MINE").status()).isEqualTo(200);
    assertThat(server.anonymous().get("/devices").error()).isEqualTo("401 M_MISSING_TOKEN");
  }

  @Test
  void update_name_isChangedKeptOrRemoved() {
    server.register("renamer");
    Client phone = logIn("renamer", "PHONE", "Old");

    phone.put("/devices/PHONE", "{'display_name':'New'}").ok();
    assertThat(name(phone)).isEqualTo("New");
    phone.put("/devices/PHONE", "{}").ok();
    assertThat(name(phone)).isEqualTo("New");
    assertThat(phone.put("/devices/PHONE", "{'display_name':1}").error())
        .isEqualTo("400 M_BAD_JSON");
    assertThat(phone.put("/devices/PHONE", "{'display_name':'" + "x".repeat(101) + "'}").error())
        .isEqualTo("400 M_INVALID_PARAM");
    assertThat(name(phone)).isEqualTo("New");
    phone.put("/devices/PHONE", "{'display_name':''}").ok();
    assertThat(phone.get("/devices/PHONE").ok().has("display_name")).isFalse();
  }

  @Test
  void delete_device_isForWhoeverKnowsThePassword() {
    Client alice = server.register("deleter");
    Client other = logIn("deleter", "LOST", null);

    Answer challenge = alice.request("DELETE", "/devices/LOST");
    assertThat(challenge.status()).isEqualTo(401);
    assertThat(challenge.json().at("/flows/0/stages/0").asText()).isEqualTo("m.login.password");
    assertThat(challenge.json().has("errcode")).isFalse();
    String session = challenge.json().path("session").asText();

    Answer wrong = delete(alice, "LOST", auth("deleter", "wrong", session));
    assertThat(wrong.error()).isEqualTo("401 M_FORBIDDEN");
    assertThat(wrong.json().path("session").asText()).isEqualTo(session);
    assertThat(wrong.json().has("flows")).isTrue();
    assertThat(other.get("/account/whoami").status()).isEqualTo(200);

    delete(alice, "LOST", auth("deleter", "password", session)).ok();

    assertThat(other.get("/account/whoami").error()).isEqualTo("401 M_UNKNOWN_TOKEN");
    assertThat(alice.get("/devices/LOST").error()).isEqualTo("404 M_NOT_FOUND");
    delete(alice, "LOST", auth("deleter", "password", session)).ok();
  }

  @Test
  void delete_passwordOfAnotherUser_isForbidden() {
    Client alice = server.register("victim");
    logIn("victim", "LOST", null);
    server.register("friend");

    assertThat(delete(alice, "LOST", auth("friend", "password", null)).error())
        .isEqualTo("401 M_FORBIDDEN");
    assertThat(
            delete(
                    alice,
                    "LOST",
                    "{'type':'m.login.password','password':'password',"
                        + "'identifier':{'type':'m.id.thirdparty','medium':'email','address':'a@b.c'}}")
                .error())
        .isEqualTo("403 M_FORBIDDEN");
    assertThat(
            delete(
                    alice,
                    "LOST",
                    "{'type':'m.login.password','password':'password',"
                        + "'identifier':{'type':'m.id.magic'}}")
                .error())
        .isEqualTo("400 M_UNKNOWN");
    assertThat(delete(alice, "LOST", "{'type':'m.login.password','user':'victim'}").error())
        .isEqualTo("400 M_MISSING_PARAM");
    assertThat(delete(alice, "LOST", "{'type':'m.login.dummy'}").error())
        .isEqualTo("401 M_UNRECOGNIZED");
    assertThat(alice.get("/devices/LOST").status()).isEqualTo(200);
  }

  @Test
  void delete_sessionOfAnotherDeviceOrUser_doesNotHold() {
    Client alice = server.register("bound");
    Client other = logIn("bound", "SECOND", null);
    Client bob = server.register("unbound");
    String session = alice.request("DELETE", "/devices/SECOND").json().path("session").asText();
    delete(alice, "SECOND2", auth("bound", "password", null)).ok();

    assertThat(delete(alice, "THIRD", "{'session':'" + session + "'}").error())
        .isEqualTo("401 M_FORBIDDEN");
    assertThat(delete(other, "SECOND", auth("bound", "password", session)).error())
        .isEqualTo("401 M_FORBIDDEN");
    assertThat(delete(bob, "SECOND", auth("unbound", "password", session)).error())
        .isEqualTo("401 M_FORBIDDEN");
    assertThat(other.get("/account/whoami").status()).isEqualTo(200);
  }

  @Test
  void deleteDevices_severalAndUnknownOnes_areGone() {
    Client alice = server.register("many");
    Client first = logIn("many", "FIRST", null);
    Client second = logIn("many", "SECOND", null);
    logIn("many", "THIRD", null);
    String request = "'devices':['FIRST','SECOND','NEVER']";

    assertThat(alice.post("/delete_devices", "{" + request + "}").status()).isEqualTo(401);
    alice
        .post("/delete_devices", "{" + request + ",'auth':" + auth("many", "password", null) + "}")
        .ok();

    assertThat(first.get("/account/whoami").error()).isEqualTo("401 M_UNKNOWN_TOKEN");
    assertThat(second.get("/account/whoami").error()).isEqualTo("401 M_UNKNOWN_TOKEN");
    assertThat(alice.get("/devices").ok().path("devices")).hasSize(2);
  }

  @Test
  void deleteDevices_otherDevicesInAConfirmedSession_stay() {
    Client alice = server.register("switched");
    logIn("switched", "FIRST", null);
    logIn("switched", "SECOND", null);
    String session =
        alice.post("/delete_devices", "{'devices':['FIRST']}").json().path("session").asText();
    alice.post("/delete_devices", "{'auth':" + auth("switched", "password", session) + "}").ok();

    Answer again =
        alice.post(
            "/delete_devices", "{'devices':['SECOND'],'auth':{'session':'" + session + "'}}");

    assertThat(again.status()).isEqualTo(401);
    assertThat(alice.get("/devices/FIRST").status()).isEqualTo(404);
    assertThat(alice.get("/devices/SECOND").status()).isEqualTo(200);
  }

  @Test
  void deleteDevices_badRequests_areTold() {
    Client alice = server.register("malformed");

    assertThat(alice.post("/delete_devices", "{}").error()).isEqualTo("400 M_MISSING_PARAM");
    assertThat(alice.post("/delete_devices", "{'devices':'A'}").error())
        .isEqualTo("400 M_BAD_JSON");
    assertThat(
            alice
                .post("/delete_devices", "{'auth':" + auth("malformed", "password", null) + "}")
                .error())
        .isEqualTo("400 M_MISSING_PARAM");
  }

  @Test
  void delete_ownDevice_endsTheSession() {
    server.register("selfish");
    Client alice = logIn("selfish", "OWN", null);

    delete(alice, "OWN", auth("selfish", "password", null)).ok();

    assertThat(alice.get("/account/whoami").error()).isEqualTo("401 M_UNKNOWN_TOKEN");
  }

  private static String name(Client phone) {
    return phone.get("/devices/PHONE").ok().path("display_name").asText();
  }

  @CanIgnoreReturnValue
  private static Client logIn(String user, String deviceId, String name) {
    String named = name == null ? "" : ",'initial_device_display_name':'" + name + "'";
    var json =
        server
            .anonymous()
            .post(
                "/login",
                "{'type':'m.login.password','password':'password','device_id':'"
                    + deviceId
                    + "','identifier':{'type':'m.id.user','user':'"
                    + user
                    + "'}"
                    + named
                    + "}")
            .ok();
    return new Client(server, json.path("user_id").asText(), json.path("access_token").asText());
  }

  private static Answer delete(Client client, String deviceId, String auth) {
    String given = auth.startsWith("{") ? auth : auth(auth, "password", null);
    return client.requestWith("DELETE", "/devices/" + deviceId, "{'auth':" + given + "}");
  }

  private static String auth(String user, String password, String session) {
    return "{'type':'m.login.password','password':'"
        + password
        + "','identifier':{'type':'m.id.user','user':'"
        + user
        + "'}"
        + (session == null ? "" : ",'session':'" + session + "'")
        + "}";
  }
}
