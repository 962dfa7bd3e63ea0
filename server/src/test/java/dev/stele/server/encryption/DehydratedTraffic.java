package dev.stele.server.encryption;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.stele.server.encryption.MortalServer.Account;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** A user who leaves one device after the other. Of one thread at a time. */
final class DehydratedTraffic {
  private static final JsonNodeFactory JSON = JsonNodeFactory.instance;
  private static final String PATH =
      "/_matrix/client/unstable/org.matrix.msc3814.v1/dehydrated_device";

  private final MortalServer server;
  private final Account account;

  /** What was sent from the last device on that is known to be there, by numbers. */
  private final Map<Integer, ObjectNode> possible = new TreeMap<>();

  DehydratedTraffic(MortalServer server, String name) {
    this.server = server;
    this.account = server.register(name);
  }

  void leaveFirst() {
    possible.put(0, device("DRY0", 0));
    assertThat(server.request("PUT", account, PATH, possible.get(0))).isPresent();
  }

  /** Every other device has the id of the one before, and keys of its own. */
  void replaceAll() {
    for (int n = 1; !server.ended(); n++) {
      int current = n;
      ObjectNode left = device("DRY" + n / 2, n);
      possible.put(n, left);
      if (server.request("PUT", account, PATH, left).isPresent()) {
        server.acknowledged();
        possible.keySet().removeIf(earlier -> earlier < current);
      } else {
        assertWhole();
      }
    }
  }

  private ObjectNode device(String deviceId, int n) {
    TestKeys keys = new TestKeys(account.userId(), deviceId);
    ObjectNode left = JSON.objectNode().put("device_id", deviceId);
    left.putObject("device_data").put("algorithm", "a").put("n", n);
    left.set("device_keys", keys.deviceKeys());
    left.set("one_time_keys", keys.oneTimeKeys("A" + n, "B" + n));
    left.putObject("fallback_keys").set("signed_curve25519:F" + n, keys.fallbackKey());
    return left;
  }

  /** The device that is there is one that may be, and all of it; there is no other. */
  void assertWhole() {
    ObjectNode left = left();
    String deviceId = left.path("device_id").asText();
    assertThat(devices()).containsExactlyInAnyOrder(account.deviceId(), deviceId);
    assertThat(query().path("keys")).isEqualTo(left.at("/device_keys/keys"));
  }

  /** What was sent of the device that is there. */
  private ObjectNode left() {
    JsonNode found = server.insist("GET", account, PATH, null);
    int n = found.at("/device_data/n").asInt();
    assertThat(possible).containsKey(n);
    assertThat(found.path("device_id")).isEqualTo(possible.get(n).path("device_id"));
    return possible.get(n);
  }

  private List<String> devices() {
    List<String> ids = new ArrayList<>();
    server
        .insist("GET", account, "/devices", null)
        .path("devices")
        .forEach(device -> ids.add(device.path("device_id").asText()));
    return ids;
  }

  private JsonNode query() {
    ObjectNode body = JSON.objectNode();
    body.putObject("device_keys").putArray(account.userId());
    String deviceId = left().path("device_id").asText();
    return server
        .insist("POST", account, "/keys/query", body)
        .path("device_keys")
        .path(account.userId())
        .path(deviceId);
  }

  List<JsonNode> sees() {
    return List.of(server.insist("GET", account, PATH, null), query());
  }

  void assertHasKeysToClaim() {
    ObjectNode left = left();
    ObjectNode body = JSON.objectNode();
    body.putObject("one_time_keys")
        .putObject(account.userId())
        .put(left.path("device_id").asText(), "signed_curve25519");
    List<JsonNode> claimed = new ArrayList<>();
    for (int i = 0; i < 3; i++) {
      JsonNode answer = server.insist("POST", account, "/keys/claim", body);
      answer.at("/one_time_keys/" + account.userId()).elements().next().forEach(claimed::add);
    }
    List<JsonNode> published = new ArrayList<>();
    left.path("one_time_keys").forEach(published::add);
    left.path("fallback_keys").forEach(published::add);
    assertThat(claimed).containsExactlyInAnyOrderElementsOf(published);
  }
}
