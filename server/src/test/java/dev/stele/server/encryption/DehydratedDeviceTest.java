package dev.stele.server.encryption;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.stele.server.testing.TestServer;
import dev.stele.server.testing.TestServer.Answer;
import dev.stele.server.testing.TestServer.Client;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

final class DehydratedDeviceTest {
  private static final String PATH =
      "/_matrix/client/unstable/org.matrix.msc3814.v1/dehydrated_device";

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
  void put_device_isKeptWithItsKeys() {
    Client alice = server.register("keeper");
    assertThat(alice.get(PATH).error()).isEqualTo("404 M_NOT_FOUND");

    JsonNode kept = put(alice, "DRY").ok();

    assertThat(kept).hasToString("{\"device_id\":\"DRY\"}");
    assertThat(alice.get(PATH).ok())
        .hasToString("{\"device_id\":\"DRY\",\"device_data\":{\"algorithm\":\"a\"}}");
    assertThat(
            alice
                .post("/keys/query", "{'device_keys':{'@keeper:test':['DRY']}}")
                .ok()
                .at("/device_keys/@keeper:test/DRY/device_id")
                .asText())
        .isEqualTo("DRY");
    assertThat(alice.get("/devices/DRY").ok().path("display_name").asText()).isEqualTo("Dry");
  }

  @Test
  void put_another_closesTheOneBefore() {
    Client alice = server.register("replacer");
    put(alice, "FIRST").ok();
    put(alice, "SECOND").ok();

    assertThat(alice.get(PATH).ok().path("device_id").asText()).isEqualTo("SECOND");
    assertThat(alice.get("/devices/FIRST").error()).isEqualTo("404 M_NOT_FOUND");
    put(alice, "SECOND").ok();
    assertThat(alice.get(PATH).ok().path("device_id").asText()).isEqualTo("SECOND");
  }

  @Test
  void put_idOfARealDevice_isRefusedAndHarmless() {
    Client alice = server.register("impostor");
    String own = alice.get("/account/whoami").ok().path("device_id").asText();

    assertThat(put(alice, own).error()).isEqualTo("400 M_INVALID_PARAM");
    assertThat(alice.get("/account/whoami").status()).isEqualTo(200);
    assertThat(alice.get(PATH).error()).isEqualTo("404 M_NOT_FOUND");
  }

  @Test
  void put_idOfACrossSigningKey_isForbidden() {
    TestIdentity alice = new TestIdentity(new TestDevice(server.register("signer"))).published();
    Client client = alice.device.client;

    assertThat(put(client, alice.master.publicKey()).error()).isEqualTo("403 M_FORBIDDEN");
    assertThat(client.get(PATH).error()).isEqualTo("404 M_NOT_FOUND");
    assertThat(client.get("/devices").ok().path("devices")).hasSize(1);
  }

  @Test
  void put_sameIdAgain_hasTheNewKeysOnly() {
    TestDevice alice = new TestDevice(server.register("renewer"));
    put(alice.client, "DRY").ok();
    ObjectNode again = request(alice.userId, "DRY");

    alice.client.put(PATH, again.toString()).ok();

    TestDevice bob = new TestDevice(server.register("claimer"));
    assertThat(bob.query(alice.userId).at("/device_keys/" + alice.userId + "/DRY/keys"))
        .isEqualTo(again.at("/device_keys/keys"));
    Set<JsonNode> claimed = new HashSet<>();
    for (int i = 0; i < 3; i++) {
      claimed.add(claim(bob, alice.userId));
    }
    assertThat(claimed)
        .containsExactlyInAnyOrder(
            again.at("/one_time_keys/signed_curve25519:AAAA"),
            again.at("/one_time_keys/signed_curve25519:AAAB"),
            again.at("/fallback_keys/signed_curve25519:F"));
  }

  private static JsonNode claim(TestDevice claimer, String userId) {
    String body = "{'one_time_keys':{'%s':{'DRY':'signed_curve25519'}}}".formatted(userId);
    JsonNode keys = claimer.client.post("/keys/claim", body).ok();
    return keys.path("one_time_keys").path(userId).path("DRY").elements().next();
  }

  @Test
  void put_wrongSignature_isRefusedAndTheOldOneStays() {
    Client alice = server.register("forger");
    put(alice, "GOOD").ok();
    ObjectNode forged = request("@forger:test", "BAD");
    ((ObjectNode) forged.path("device_keys")).put("forged", true);

    assertThat(alice.put(PATH, forged.toString()).status()).isEqualTo(400);

    assertThat(alice.get(PATH).ok().path("device_id").asText()).isEqualTo("GOOD");
    assertThat(alice.get("/devices/BAD").error()).isEqualTo("404 M_NOT_FOUND");
  }

  @Test
  void put_malformed_isRefused() {
    Client alice = server.register("malformed");
    for (String field : new String[] {"device_id", "device_data", "device_keys"}) {
      ObjectNode request = request("@malformed:test", "DRY");
      request.remove(field);
      assertThat(alice.put(PATH, request.toString()).error())
          .as(field)
          .isEqualTo("400 M_MISSING_PARAM");
    }
    assertThat(server.anonymous().get(PATH).error()).isEqualTo("401 M_MISSING_TOKEN");
  }

  @Test
  void events_sentToTheDevice_areReadInOrderAndStay() {
    Client alice = server.register("reader");
    Client bob = server.register("sender");
    put(alice, "DRY").ok();
    for (int i = 0; i < 150; i++) {
      bob.put("/sendToDevice/m.test/" + i, "{'messages':{'@reader:test':{'DRY':{'n':" + i + "}}}}")
          .ok();
    }

    assertThat(readAll(alice)).hasSize(150).isSorted().startsWith(0).endsWith(149);
    assertThat(readAll(alice)).hasSize(150);
  }

  @Test
  void events_ofAnotherDeviceOrUser_areNotFound() {
    Client alice = server.register("watched");
    String own = alice.get("/account/whoami").ok().path("device_id").asText();
    put(alice, "DRY").ok();
    Client mallory = server.register("mallory");

    assertThat(alice.post(PATH + "/" + own + "/events", "{}").error()).isEqualTo("404 M_NOT_FOUND");
    assertThat(mallory.post(PATH + "/DRY/events", "{}").error()).isEqualTo("404 M_NOT_FOUND");
    assertThat(mallory.get(PATH).error()).isEqualTo("404 M_NOT_FOUND");
    assertThat(alice.post(PATH + "/DRY/events", "{'next_batch':'x'}").error())
        .isEqualTo("400 M_INVALID_PARAM");
  }

  @Test
  void delete_device_isGone() {
    Client alice = server.register("deleter");
    put(alice, "DRY").ok();

    assertThat(alice.request("DELETE", PATH).ok()).hasToString("{\"device_id\":\"DRY\"}");

    assertThat(alice.request("DELETE", PATH).error()).isEqualTo("404 M_NOT_FOUND");
    assertThat(alice.get(PATH).error()).isEqualTo("404 M_NOT_FOUND");
    assertThat(alice.get("/devices/DRY").error()).isEqualTo("404 M_NOT_FOUND");
  }

  @Test
  void login_onTheDevice_endsItsDehydration() {
    Client alice = server.register("waker");
    put(alice, "DRY").ok();

    server
        .anonymous()
        .post(
            "/login",
            "{'type':'m.login.password','user':'waker','password':'password','device_id':'DRY'}")
        .ok();

    assertThat(alice.get(PATH).error()).isEqualTo("404 M_NOT_FOUND");
    assertThat(alice.get("/devices/DRY").status()).isEqualTo(200);
  }

  private static List<Integer> readAll(Client client) {
    List<Integer> numbers = new ArrayList<>();
    String next = "";
    while (true) {
      String body = next.isEmpty() ? "{}" : "{'next_batch':'" + next + "'}";
      JsonNode answer = client.post(PATH + "/DRY/events", body).ok();
      if (answer.path("events").isEmpty()) {
        return numbers;
      }
      answer.path("events").forEach(event -> numbers.add(event.at("/content/n").intValue()));
      next = answer.path("next_batch").asText();
    }
  }

  private static Answer put(Client client, String deviceId) {
    return client.put(PATH, request(client.userId(), deviceId).toString());
  }

  private static ObjectNode request(String userId, String deviceId) {
    TestKeys keys = new TestKeys(userId, deviceId);
    ObjectNode request =
        JsonNodeFactory.instance
            .objectNode()
            .put("device_id", deviceId)
            .put("initial_device_display_name", "Dry");
    request.putObject("device_data").put("algorithm", "a");
    request.set("device_keys", keys.deviceKeys());
    request.set("one_time_keys", keys.oneTimeKeys("AAAA", "AAAB"));
    request.putObject("fallback_keys").set("signed_curve25519:F", keys.fallbackKey());
    return request;
  }
}
