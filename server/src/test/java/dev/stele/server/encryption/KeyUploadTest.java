package dev.stele.server.encryption;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.stele.server.testing.TestServer;
import dev.stele.stateres.sign.JsonSignatures;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What devices publish, and what they may not. */
final class KeyUploadTest {
  private static final JsonNodeFactory JSON = JsonNodeFactory.instance;
  private static final String INVALID = "400 M_INVALID_PARAM";
  private static final String FORGED = "400 M_INVALID_SIGNATURE";
  private static final String BAD_JSON = "400 M_BAD_JSON";
  private static TestServer server;

  private TestDevice device;

  @BeforeAll
  static void start() {
    server = new TestServer();
  }

  @AfterAll
  static void stop() {
    server.close();
  }

  @BeforeEach
  void register() {
    device = TestDevice.register(server);
  }

  @Test
  void upload_everything_isCounted() {
    ObjectNode body = JSON.objectNode();
    body.set("device_keys", device.deviceKeys());
    body.set("one_time_keys", device.oneTimeKeys("AAAA", "AAAB"));
    body.putObject("fallback_keys").set("signed_curve25519:F", device.fallbackKey());

    assertThat(device.upload(body).ok())
        .hasToString("{\"one_time_key_counts\":{\"signed_curve25519\":2}}");
    assertThat(device.upload("one_time_keys", device.oneTimeKeys("AAAC")).ok())
        .hasToString("{\"one_time_key_counts\":{\"signed_curve25519\":3}}");
  }

  @Test
  void upload_nothing_countsWhatIsThere() {
    assertThat(device.upload(JSON.objectNode()).ok())
        .hasToString("{\"one_time_key_counts\":{\"signed_curve25519\":0}}");
  }

  @Test
  void upload_withoutToken_isRefused() {
    assertThat(server.anonymous().post("/keys/upload", "{}").error())
        .isEqualTo("401 M_MISSING_TOKEN");
  }

  @Test
  void deviceKeys_ofAnotherUserOrDevice_areRefused() {
    TestDevice other = TestDevice.register(server);
    TestDevice second = device.another();

    assertThat(device.upload("device_keys", other.deviceKeys()).error()).isEqualTo(INVALID);
    assertThat(device.upload("device_keys", second.deviceKeys()).error()).isEqualTo(INVALID);
    assertThat(
            device
                .upload("device_keys", device.sign(device.unsignedDeviceKeys().put("user_id", 1)))
                .error())
        .isEqualTo(INVALID);
  }

  @Test
  void deviceKeys_withoutAField_areRefused() {
    for (String field : List.of("user_id", "device_id", "algorithms", "keys", "signatures")) {
      assertThat(device.upload("device_keys", device.deviceKeys().without(field)).error())
          .as(field)
          .isEqualTo("400 M_MISSING_PARAM");
    }
  }

  @Test
  void deviceKeys_ofTheWrongShape_areRefused() {
    ObjectNode keys = device.unsignedDeviceKeys();

    assertThat(device.upload("device_keys", JSON.arrayNode()).error()).isEqualTo(BAD_JSON);
    assertThat(device.upload("device_keys", device.sign(keys.deepCopy().put("keys", "k"))).error())
        .isEqualTo(BAD_JSON);
    assertThat(
            device.upload("device_keys", device.sign(keys.deepCopy().put("algorithms", 1))).error())
        .isEqualTo(BAD_JSON);
    assertThat(device.upload("device_keys", keys.deepCopy().put("signatures", "s")).error())
        .isEqualTo(BAD_JSON);
    ObjectNode numbers = keys.deepCopy();
    numbers.withObject("/keys").put("x:" + device.deviceId, 1);
    assertThat(device.upload("device_keys", device.sign(numbers)).error()).isEqualTo(BAD_JSON);
  }

  @Test
  void deviceKeys_whoseNamesLie_areRefused() {
    ObjectNode others = device.unsignedDeviceKeys();
    others.withObject("/keys").put("curve25519:OTHER", TestDevice.randomKey());
    ObjectNode none = device.unsignedDeviceKeys();
    none.withObject("/keys").remove(device.key.keyId());
    ObjectNode shortKey = device.unsignedDeviceKeys();
    shortKey.withObject("/keys").put("curve25519:" + device.deviceId, "AAAA");

    assertThat(device.upload("device_keys", device.sign(others)).error()).isEqualTo(INVALID);
    assertThat(device.upload("device_keys", device.sign(none)).error()).isEqualTo(INVALID);
    assertThat(device.upload("device_keys", device.sign(shortKey)).error()).isEqualTo(INVALID);
  }

  @Test
  void deviceKeys_notSignedByTheDevice_areRefused_andNothingIsStored() {
    ObjectNode changed = device.deviceKeys();
    changed.withArray("/algorithms").add("org.example");
    TestKey stranger = TestKey.ofDevice(device.deviceId);
    ObjectNode misKeyed = JsonSignatures.sign(device.unsignedDeviceKeys(), device.userId, stranger);
    ObjectNode ofNobody = device.unsignedDeviceKeys();
    ofNobody.putObject("signatures");
    ObjectNode body = JSON.objectNode();
    body.set("device_keys", changed);
    body.set("one_time_keys", device.oneTimeKeys("A"));

    assertThat(device.upload(body).error()).isEqualTo(FORGED);
    assertThat(device.upload("device_keys", misKeyed).error()).isEqualTo(FORGED);
    assertThat(device.upload("device_keys", ofNobody).error()).isEqualTo(FORGED);
    assertThat(device.count()).isZero();
  }

  @Test
  void deviceKeys_again_changeNothing() {
    device.published();
    String position = position();

    device.upload("device_keys", device.deviceKeys()).ok();

    assertThat(position()).isEqualTo(position);
  }

  @Test
  void deviceKeys_ofAnotherIdentity_areRefused() {
    device.published();
    TestDevice impostor = new TestDevice(device.client);

    assertThat(device.upload("device_keys", impostor.deviceKeys()).error()).isEqualTo(INVALID);
  }

  @Test
  void oneTimeKeys_again_areStoredOnce() {
    device.published();
    ObjectNode keys = device.oneTimeKeys("A", "B");
    device.upload("one_time_keys", keys).ok();

    keys.set("signed_curve25519:C", device.oneTimeKey());
    device.upload("one_time_keys", keys).ok();

    assertThat(device.count()).isEqualTo(3);
  }

  @Test
  void oneTimeKeys_otherOnesByTheSameName_areRefused_andNothingIsStored() {
    device.published("A");

    assertThat(device.upload("one_time_keys", device.oneTimeKeys("A", "B")).error())
        .isEqualTo(INVALID);
    assertThat(device.count()).isEqualTo(1);
  }

  @Test
  void oneTimeKeys_beforeTheDeviceKeys_cannotBeVerified() {
    assertThat(device.upload("one_time_keys", device.oneTimeKeys("A")).error())
        .isEqualTo("400 M_MISSING_PARAM");
  }

  @Test
  void oneTimeKeys_forgedOrMisKeyed_areRefused_andNothingIsStored() {
    device.published();
    TestDevice second = device.another().published();
    ObjectNode changed = device.oneTimeKeys("A", "B");
    changed.withObject("/signed_curve25519:B").put("key", TestDevice.randomKey());
    ObjectNode unsigned = device.oneTimeKeys("A");
    unsigned.withObject("/signed_curve25519:A/signatures").removeAll();

    assertThat(device.upload("one_time_keys", changed).error()).isEqualTo(FORGED);
    assertThat(device.upload("one_time_keys", unsigned).error()).isEqualTo(FORGED);
    assertThat(device.upload("one_time_keys", second.oneTimeKeys("A")).error()).isEqualTo(FORGED);
    assertThat(device.upload("fallback_keys", changed.without("signed_curve25519:A")).error())
        .isEqualTo(FORGED);
    assertThat(device.count()).isZero();
  }

  @Test
  void oneTimeKeys_ofTheWrongShape_areRefused() {
    device.published();
    ObjectNode signed = device.oneTimeKey();

    assertThat(uploaded("signed_curve25519", signed)).isEqualTo(INVALID);
    assertThat(uploaded(":A", signed)).isEqualTo(INVALID);
    assertThat(uploaded("signed_curve25519:", signed)).isEqualTo(INVALID);
    assertThat(uploaded("signed_curve25519:" + "x".repeat(300), signed)).isEqualTo(INVALID);
    assertThat(uploaded("signed_curve25519:A", device.sign(JSON.objectNode().put("key", "AAAA"))))
        .isEqualTo(INVALID);
    assertThat(uploaded("signed_curve25519:A", device.sign(JSON.objectNode()))).isEqualTo(BAD_JSON);
    assertThat(uploaded("signed_curve25519:A", JSON.objectNode().put("key", "AAAA")))
        .isEqualTo(BAD_JSON);
    assertThat(
            device
                .upload("one_time_keys", JSON.objectNode().put("signed_curve25519:A", "AAAA"))
                .error())
        .isEqualTo(BAD_JSON);
    assertThat(device.upload("one_time_keys", JSON.objectNode().put("curve25519:A", 1)).error())
        .isEqualTo(BAD_JSON);
    assertThat(device.upload("one_time_keys", JSON.arrayNode()).error()).isEqualTo(BAD_JSON);
  }

  private String uploaded(String id, ObjectNode key) {
    return device.upload("one_time_keys", JSON.objectNode().set(id, key)).error();
  }

  @Test
  void oneTimeKeys_tooManyOrTooLarge_areRefused() {
    device.published();
    ObjectNode many = JSON.objectNode();
    for (int i = 0; i < 1001; i++) {
      many.put("curve25519:" + i, TestDevice.randomKey());
    }
    ObjectNode large = device.sign(device.oneTimeKey().put("more", "x".repeat(9_000)));

    assertThat(device.upload("one_time_keys", many).error()).isEqualTo("413 M_TOO_LARGE");
    assertThat(uploaded("signed_curve25519:A", large)).isEqualTo("413 M_TOO_LARGE");
    device.upload("one_time_keys", many.without("curve25519:0")).ok();
    assertThat(device.upload("one_time_keys", device.oneTimeKeys("A")).error())
        .isEqualTo("413 M_TOO_LARGE");
  }

  @Test
  void deviceKeys_tooLarge_areRefused() {
    ObjectNode large = device.unsignedDeviceKeys().put("more", "x".repeat(40_000));

    assertThat(device.upload("device_keys", device.sign(large)).error())
        .isEqualTo("413 M_TOO_LARGE");
  }

  @Test
  void oneTimeKeys_ofOtherAlgorithms_areCountedApart() {
    device.published("A");
    ObjectNode keys = JSON.objectNode().put("curve25519:A", TestDevice.randomKey());
    keys.set("org.example:A", device.sign(JSON.objectNode().put("key", "anything")));

    assertThat(device.upload("one_time_keys", keys).ok())
        .hasToString(
            "{\"one_time_key_counts\":"
                + "{\"curve25519\":1,\"org.example\":1,\"signed_curve25519\":1}}");
  }

  @Test
  void fallbackKeys_twoOfOneAlgorithm_areRefused() {
    device.published();
    ObjectNode two = JSON.objectNode();
    two.set("signed_curve25519:A", device.fallbackKey());
    two.set("signed_curve25519:B", device.fallbackKey());

    assertThat(device.upload("fallback_keys", two).error()).isEqualTo(INVALID);
  }

  @Test
  void upload_onADeviceThatIsLoggedOut_isRefused() {
    device.published("A");
    device.client.post("/logout", "{}").ok();

    assertThat(device.upload("one_time_keys", device.oneTimeKeys("B")).error())
        .isEqualTo("401 M_UNKNOWN_TOKEN");
  }

  /** Stays the same as long as nothing is appended to the log. */
  private String position() {
    return device.client.get("/sync").ok().path("next_batch").asText();
  }
}
