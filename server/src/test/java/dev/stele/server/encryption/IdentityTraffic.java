package dev.stele.server.encryption;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.google.errorprone.annotations.CanIgnoreReturnValue;
import dev.stele.server.encryption.MortalServer.Account;
import dev.stele.stateres.sign.JsonSignatures;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/** A user on one device, of one thread at a time, who gets new keys over and over. */
final class IdentityTraffic {
  private static final JsonNodeFactory JSON = JsonNodeFactory.instance;

  /** Three keys that belong together. */
  private record Keys(TestKey master, TestKey selfSigning, TestKey userSigning) {
    static Keys generate() {
      return new Keys(TestKey.ofCrossSigning(), TestKey.ofCrossSigning(), TestKey.ofCrossSigning());
    }

    List<String> publicKeys() {
      return Stream.of(master, selfSigning, userSigning).map(TestKey::publicKey).toList();
    }
  }

  private final MortalServer server;
  private final Account account;
  private final TestKeys device;
  private Keys keys = Keys.generate();

  /** The ids of the keys whose signatures of this user's master key and device are stored. */
  private final List<String> masterSigners = new ArrayList<>();

  private final List<String> deviceSigners = new ArrayList<>();

  /** Whose master keys this user has signed with the present keys, and what they were. */
  private final Map<String, String> verified = new HashMap<>();

  IdentityTraffic(MortalServer server, String name) {
    this.server = server;
    this.account = server.register(name);
    this.device = new TestKeys(account.userId(), account.deviceId());
  }

  void publish() {
    ObjectNode upload = JSON.objectNode();
    upload.set("device_keys", device.deviceKeys());
    post("/keys/upload", upload);
    post("/keys/device_signing/upload", crossSigningKeys(keys));
    publishSignatures();
  }

  void replaceAll(List<IdentityTraffic> people) {
    for (int i = 0; !server.ended(); i++) {
      if (i % 4 == 0) {
        replaceKeys();
        publishSignatures();
      }
      IdentityTraffic other = people.get(i % people.size());
      if (other != this) {
        verify(other);
      }
    }
  }

  /** All three at once: there are those of before, or the new ones, and never some of each. */
  private void replaceKeys() {
    Keys old = keys;
    Keys fresh = Keys.generate();
    ObjectNode upload = crossSigningKeys(fresh);
    upload
        .putObject("auth")
        .put("type", "m.login.password")
        .put("password", "password")
        .putObject("identifier")
        .put("type", "m.id.user")
        .put("user", account.userId());
    while (server.request("POST", account, "/keys/device_signing/upload", upload).isEmpty()) {
      assertThat(publishedKeys()).isIn(old.publicKeys(), fresh.publicKeys());
    }
    assertThat(publishedKeys()).isEqualTo(fresh.publicKeys());
    server.acknowledged();
    keys = fresh;
    masterSigners.clear();
    deviceSigners.clear();
    verified.clear();
  }

  private void publishSignatures() {
    sign(account.deviceId(), signed(device.unsignedDeviceKeys(), keys.selfSigning));
    deviceSigners.add(keys.selfSigning.keyId());
    sign(keys.master.publicKey(), signed(key("master", keys.master), device.key));
    masterSigners.add(device.key.keyId());
  }

  private void sign(String keyId, JsonNode signed) {
    ObjectNode body = JSON.objectNode();
    body.putObject(account.userId()).set(keyId, signed);
    assertThat(post("/keys/signatures/upload", body).path("failures")).isEmpty();
    server.acknowledged();
  }

  /** Signs another's master key, unless that is another one by now. */
  private void verify(IdentityTraffic other) {
    JsonNode master = query(other).path("master_keys").path(other.account.userId());
    ObjectNode unsigned = master.deepCopy();
    unsigned.remove("signatures");
    String publicKey = unsigned.path("keys").elements().next().asText();
    ObjectNode body = JSON.objectNode();
    body.putObject(other.account.userId()).set(publicKey, signed(unsigned, keys.userSigning));
    if (post("/keys/signatures/upload", body).path("failures").isEmpty()) {
      verified.put(other.account.userId(), publicKey);
      server.acknowledged();
    }
  }

  void assertHasAllThatWasAcknowledged(List<IdentityTraffic> people) {
    assertThat(publishedKeys()).isEqualTo(keys.publicKeys());
    JsonNode own = query(this);
    assertThat(TestIdentity.signers(own.path("master_keys").path(id()), id()))
        .containsAll(masterSigners);
    assertThat(
            TestIdentity.signers(own.path("device_keys").path(id()).path(account.deviceId()), id()))
        .containsAll(deviceSigners);
    for (IdentityTraffic other : people) {
      if (other.keys.master.publicKey().equals(verified.get(other.id()))) {
        JsonNode master = query(other).path("master_keys").path(other.id());
        assertThat(TestIdentity.signers(master, id())).contains(keys.userSigning.keyId());
      }
    }
  }

  /** The three public keys as everything that may see them sees them. */
  private List<String> publishedKeys() {
    JsonNode own = query(this);
    return Stream.of("master_keys", "self_signing_keys", "user_signing_keys")
        .map(kind -> own.path(kind).path(id()).path("keys").elements().next().asText())
        .toList();
  }

  JsonNode sees(List<IdentityTraffic> people) {
    ObjectNode users = JSON.objectNode();
    people.forEach(person -> users.putArray(person.id()));
    return post("/keys/query", JSON.objectNode().set("device_keys", users));
  }

  private JsonNode query(IdentityTraffic other) {
    ObjectNode body = JSON.objectNode();
    body.putObject("device_keys").putArray(other.id());
    return post("/keys/query", body);
  }

  @CanIgnoreReturnValue
  private JsonNode post(String path, ObjectNode body) {
    return server.insist("POST", account, path, body);
  }

  private String id() {
    return account.userId();
  }

  private ObjectNode crossSigningKeys(Keys published) {
    ObjectNode body = JSON.objectNode();
    body.set("master_key", key("master", published.master));
    body.set(
        "self_signing_key", signed(key("self_signing", published.selfSigning), published.master));
    body.set(
        "user_signing_key", signed(key("user_signing", published.userSigning), published.master));
    return body;
  }

  private ObjectNode key(String usage, TestKey key) {
    ObjectNode object = JSON.objectNode().put("user_id", id());
    object.putArray("usage").add(usage);
    object.putObject("keys").put(key.keyId(), key.publicKey());
    return object;
  }

  private ObjectNode signed(ObjectNode object, TestKey key) {
    return JsonSignatures.sign(object, id(), key);
  }
}
