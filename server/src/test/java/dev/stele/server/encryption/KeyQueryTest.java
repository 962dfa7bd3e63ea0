package dev.stele.server.encryption;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import org.junit.jupiter.api.Test;

/** Who sees which identity keys. */
final class KeyQueryTest extends TwoUsers {
  @Test
  void query_showsTheKeysAsUploaded() {
    assertThat(alice.seenBy(bob)).isEqualTo(alice.deviceKeys());
    assertThat(alice.seenBy(alice)).isEqualTo(alice.deviceKeys());
  }

  @Test
  void query_allDevices_leavesOutThoseWithoutKeys() {
    TestDevice tablet = alice.another().published();
    alice.another();

    JsonNode devices = bob.query(alice.userId).path("device_keys").path(alice.userId);

    assertThat(devices.fieldNames())
        .toIterable()
        .containsExactlyInAnyOrder(alice.deviceId, tablet.deviceId);
  }

  @Test
  void query_oneDevice_showsNoOther() {
    TestDevice tablet = alice.another().published();

    JsonNode answer =
        bob.client
            .post(
                "/keys/query",
                "{'timeout':1000,'device_keys':{'%s':['%s','NONE']}}"
                    .formatted(alice.userId, tablet.deviceId))
            .ok();

    assertThat(answer.path("device_keys").path(alice.userId).fieldNames())
        .toIterable()
        .containsExactly(tablet.deviceId);
  }

  @Test
  void query_aDeviceWithAName_tellsIt() {
    TestDevice named =
        new TestDevice(
            server.login(
                alice.userId, "'device_id':'PHONE','initial_device_display_name':'Phone'"));
    ObjectNode keys = named.deviceKeys();
    keys.putObject("unsigned").put("device_display_name", "Not so");
    named.upload("device_keys", keys).ok();

    ObjectNode expected = named.deviceKeys();
    expected.putObject("unsigned").put("device_display_name", "Phone");
    assertThat(named.seenBy(bob)).isEqualTo(expected);
  }

  @Test
  void query_userWithoutKeys_isThereWithNone_andAnUnknownOneIsNot() {
    JsonNode answer = alice.query(bob.userId, "@nobody:test");

    assertThat(answer.path("device_keys")).hasToString("{\"%s\":{}}".formatted(bob.userId));
    assertThat(answer.path("failures")).isEmpty();
  }

  @Test
  void query_userOfAnotherServer_isAFailureOfThatServer() {
    JsonNode answer = bob.query("@carol:elsewhere", alice.userId);

    assertThat(answer.path("failures").fieldNames()).toIterable().containsExactly("elsewhere");
    assertThat(answer.path("device_keys").fieldNames()).toIterable().containsExactly(alice.userId);
  }

  @Test
  void query_ofTheWrongShape_isRefused() {
    assertThat(query("{}")).isEqualTo("400 M_MISSING_PARAM");
    assertThat(query("{'device_keys':[]}")).isEqualTo("400 M_BAD_JSON");
    assertThat(query("{'device_keys':{'@a:test':{}}}")).isEqualTo("400 M_BAD_JSON");
    assertThat(query("{'device_keys':{'@a:test':[1]}}")).isEqualTo("400 M_BAD_JSON");
    assertThat(query("{'device_keys':{'@a:test':[]},'timeout':'1'}")).isEqualTo("400 M_BAD_JSON");
    assertThat(query("{'device_keys':{'alice':[]}}")).isEqualTo("400 M_INVALID_PARAM");
    assertThat(server.anonymous().post("/keys/query", "{'device_keys':{}}").error())
        .isEqualTo("401 M_MISSING_TOKEN");
  }

  private String query(String body) {
    return alice.client.post("/keys/query", body).error();
  }

  @Test
  void logout_takesTheKeysAway() {
    alice.client.post("/logout", "{}").ok();

    assertThat(bob.query(alice.userId).path("device_keys"))
        .hasToString("{\"%s\":{}}".formatted(alice.userId));
  }

  @Test
  void login_onTheSameDevice_keepsTheKeys() {
    TestDevice again =
        new TestDevice(server.login(alice.userId, "'device_id':'" + alice.deviceId + "'"));

    assertThat(alice.seenBy(bob)).isEqualTo(alice.deviceKeys());
    assertThat(again.deviceId).isEqualTo(alice.deviceId);
  }

  @Test
  void login_afterLogout_mayPublishOtherKeysByTheSameName() {
    alice.client.post("/logout", "{}").ok();
    TestDevice again =
        new TestDevice(server.login(alice.userId, "'device_id':'" + alice.deviceId + "'"));

    again.published();

    assertThat(again.seenBy(bob)).isEqualTo(again.deviceKeys());
  }

  @Test
  void deviceKeys_withOtherAlgorithms_areReplaced() {
    ObjectNode keys = alice.unsignedDeviceKeys();
    keys.putArray("algorithms").add("org.example");
    alice.upload("device_keys", alice.sign(keys)).ok();

    assertThat(alice.seenBy(bob)).isEqualTo(alice.sign(keys));
  }

  @Test
  void deviceKeys_withSignaturesOfStrangers_areShownWithoutThem() {
    ObjectNode keys = bob.deviceKeys();
    keys.withObject("/signatures").putObject(alice.userId).put(alice.key.keyId(), "AAAA");
    keys.withObject("/signatures/" + bob.userId.replace("/", "~1")).put("ed25519:NONE", "AAAA");
    bob.upload("device_keys", keys).ok();

    assertThat(bob.seenBy(alice)).isEqualTo(bob.deviceKeys());
  }
}
