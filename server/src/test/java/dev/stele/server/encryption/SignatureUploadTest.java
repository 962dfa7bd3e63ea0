package dev.stele.server.encryption;

import static dev.stele.server.encryption.TestIdentity.signers;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.stele.server.testing.TestServer;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Signatures of keys: every one is verified, and only those who may see it do. */
final class SignatureUploadTest {
  private static final JsonNodeFactory JSON = JsonNodeFactory.instance;
  private static TestServer server;

  private TestDevice phone;
  private TestIdentity alice;
  private TestIdentity bob;
  private TestDevice carol;

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
    phone = TestDevice.register(server).published();
    alice = new TestIdentity(phone).published();
    bob = new TestIdentity(TestDevice.register(server).published()).published();
    carol = TestDevice.register(server);
  }

  @Test
  void ownDevice_signedBySelfSigningKey_isSeenByAll() {
    assertThat(alice.sign(phone).isMissingNode()).isTrue();

    ObjectNode expected = alice.sign(phone.deviceKeys(), alice.selfSigning);
    assertThat(phone.seenBy(carol)).isEqualTo(expected);
    assertThat(phone.seenBy(phone)).isEqualTo(expected);
  }

  @Test
  void ownMasterKey_signedByADevice_isSeenByAll() {
    JsonNode failure =
        alice.uploadSigned(alice.userId, alice.master.publicKey(), phone.sign(alice.masterKey()));

    assertThat(failure.isMissingNode()).isTrue();
    assertThat(alice.seenBy(carol, "master")).isEqualTo(phone.sign(alice.masterKey()));
  }

  @Test
  void othersMasterKey_signedByUserSigningKey_isSeenBySignerOnly() {
    assertThat(alice.verify(bob).isMissingNode()).isTrue();

    assertThat(bob.seenBy(phone, "master"))
        .isEqualTo(alice.sign(bob.masterKey(), alice.userSigning));
    assertThat(bob.seenBy(carol, "master")).isEqualTo(bob.masterKey());
    assertThat(bob.seenBy(bob.device, "master")).isEqualTo(bob.masterKey());
  }

  @Test
  void othersMasterKey_signedByUserSigningKey_isToldToSignerOnly() {
    String[] since = {next(phone), next(carol), next(bob.device)};

    alice.verify(bob);

    assertThat(changed(phone, since[0])).containsExactly(bob.userId);
    assertThat(changed(carol, since[1])).isEmpty();
    assertThat(changed(bob.device, since[2])).isEmpty();
  }

  private static String next(TestDevice device) {
    return device.client.get("/sync").ok().path("next_batch").asText();
  }

  /** Whose keys look different since then, by /sync, and by /keys/changes alike. */
  private static List<String> changed(TestDevice device, String since) {
    JsonNode sync = device.client.get("/sync?since=" + since).ok();
    String range = "?from=" + since + "&to=" + sync.path("next_batch").asText();
    JsonNode changes = device.client.get("/keys/changes" + range).ok().path("changed");
    List<String> changed = new ArrayList<>();
    sync.path("device_lists").path("changed").forEach(user -> changed.add(user.asText()));
    assertThat(changes).extracting(JsonNode::asText).containsExactlyElementsOf(changed);
    return changed;
  }

  @Test
  void everything_asTheServerTellsIt_mayBeSentBack() {
    alice.sign(phone);
    alice.uploadSigned(alice.userId, alice.master.publicKey(), phone.sign(alice.masterKey()));
    alice.verify(bob);
    String position = carol.client.get("/sync").ok().path("next_batch").asText();
    JsonNode seen = phone.query(alice.userId, bob.userId);

    ObjectNode body = JSON.objectNode();
    body.putObject(alice.userId)
        .<ObjectNode>set(
            phone.deviceId, seen.path("device_keys").path(alice.userId).path(phone.deviceId))
        .set(alice.master.publicKey(), seen.path("master_keys").path(alice.userId));
    body.putObject(bob.userId)
        .set(bob.master.publicKey(), seen.path("master_keys").path(bob.userId));

    assertThat(phone.client.post("/keys/signatures/upload", body.toString()).ok())
        .hasToString("{\"failures\":{}}");
    assertThat(carol.client.get("/sync").ok().path("next_batch").asText()).isEqualTo(position);
  }

  @Test
  void wrongSignatures_failOneByOne_andOthersAreStored() {
    ObjectNode forged = phone.unsignedDeviceKeys();
    forged.putObject("signatures").putObject(alice.userId).put(alice.selfSigning.keyId(), "AAAA");
    TestDevice tablet = phone.another().published();
    ObjectNode body = JSON.objectNode();
    body.putObject(alice.userId)
        .<ObjectNode>set(phone.deviceId, forged)
        .set(tablet.deviceId, alice.sign(tablet.unsignedDeviceKeys(), alice.selfSigning));

    JsonNode failures =
        phone.client.post("/keys/signatures/upload", body.toString()).ok().path("failures");

    assertThat(failures).hasSize(1);
    assertThat(failures.path(alice.userId).fieldNames())
        .toIterable()
        .containsExactly(phone.deviceId);
    assertThat(failures.path(alice.userId).path(phone.deviceId).path("errcode").asText())
        .isEqualTo("M_INVALID_SIGNATURE");
    assertThat(signers(phone.seenBy(carol), alice.userId)).containsExactly(phone.key.keyId());
    assertThat(signers(tablet.seenBy(carol), alice.userId)).contains(alice.selfSigning.keyId());
  }

  @Test
  void signature_ofAChangedObject_fails() {
    ObjectNode changed = phone.unsignedDeviceKeys();
    changed.withArray("/algorithms").add("org.example");

    assertThat(
            code(
                alice.uploadSigned(
                    alice.userId, phone.deviceId, alice.sign(changed, alice.selfSigning))))
        .isEqualTo("M_INVALID_SIGNATURE");
  }

  @Test
  void signature_byAKeyThatMayNotSignThis_fails() {
    TestDevice tablet = phone.another().published();
    ObjectNode keys = phone.unsignedDeviceKeys();

    assertThat(ofPhone(alice.sign(keys, alice.master))).isEqualTo("M_INVALID_SIGNATURE");
    assertThat(ofPhone(alice.sign(keys, alice.userSigning))).isEqualTo("M_INVALID_SIGNATURE");
    assertThat(ofPhone(tablet.sign(keys))).isEqualTo("M_INVALID_SIGNATURE");
    assertThat(ofPhone(bob.sign(keys, bob.selfSigning))).isEqualTo("M_INVALID_SIGNATURE");
    assertThat(ofPhone(keys)).isEqualTo("M_INVALID_SIGNATURE");
    assertThat(ofBob(alice.sign(bob.masterKey(), alice.selfSigning)))
        .isEqualTo("M_INVALID_SIGNATURE");
    assertThat(ofBob(phone.sign(bob.masterKey()))).isEqualTo("M_INVALID_SIGNATURE");
    assertThat(ofBob(bob.sign(bob.masterKey(), bob.userSigning))).isEqualTo("M_INVALID_SIGNATURE");
    assertThat(signers(phone.seenBy(phone), alice.userId)).containsExactly(phone.key.keyId());
    assertThat(bob.seenBy(phone, "master")).isEqualTo(bob.masterKey());
  }

  private String ofPhone(JsonNode signed) {
    return code(alice.uploadSigned(alice.userId, phone.deviceId, signed));
  }

  private String ofBob(JsonNode signed) {
    return code(alice.uploadSigned(bob.userId, bob.master.publicKey(), signed));
  }

  @Test
  void signature_ofWhatIsNotThere_orNotForTheSigner_fails() {
    ObjectNode ofBobsDevice = alice.sign(bob.device.unsignedDeviceKeys(), alice.userSigning);

    assertThat(code(alice.uploadSigned(alice.userId, "NONE", JSON.objectNode())))
        .isEqualTo("M_NOT_FOUND");
    assertThat(code(alice.uploadSigned("@nobody:test", "NONE", JSON.objectNode())))
        .isEqualTo("M_NOT_FOUND");
    assertThat(code(alice.uploadSigned("@a:elsewhere", "NONE", JSON.objectNode())))
        .isEqualTo("M_NOT_FOUND");
    assertThat(code(alice.uploadSigned(bob.userId, bob.device.deviceId, ofBobsDevice)))
        .isEqualTo("M_NOT_FOUND");
    assertThat(
            code(
                alice.uploadSigned(
                    bob.userId,
                    bob.selfSigning.publicKey(),
                    alice.sign(bob.key("self_signing", bob.selfSigning), alice.userSigning))))
        .isEqualTo("M_NOT_FOUND");
    assertThat(ofPhone(JSON.textNode("signed"))).isEqualTo("M_BAD_JSON");
  }

  private static String code(JsonNode failure) {
    return failure.path("errcode").asText();
  }

  @Test
  void upload_ofTheWrongShape_isRefused() {
    assertThat(phone.client.post("/keys/signatures/upload", "{'@a:test':[]}").error())
        .isEqualTo("400 M_BAD_JSON");
    assertThat(phone.client.post("/keys/signatures/upload", "{'alice':{}}").error())
        .isEqualTo("400 M_INVALID_PARAM");
    ObjectNode many = JSON.objectNode();
    ObjectNode devices = many.putObject(alice.userId);
    for (int i = 0; i <= 1_000; i++) {
      devices.putObject("D" + i);
    }
    assertThat(phone.client.post("/keys/signatures/upload", many.toString()).error())
        .isEqualTo("413 M_TOO_LARGE");
  }

  @Test
  void replacedKeys_takeTheirSignaturesAlong() {
    alice.sign(phone);
    alice.uploadSigned(alice.userId, alice.master.publicKey(), phone.sign(alice.masterKey()));
    alice.verify(bob);

    alice.uploadConfirmed(new TestIdentity(phone).keys()).ok();

    assertThat(signers(phone.seenBy(phone), alice.userId)).containsExactly(phone.key.keyId());
    assertThat(signers(alice.seenBy(phone, "master"), alice.userId)).isEmpty();
    assertThat(bob.seenBy(phone, "master")).isEqualTo(bob.masterKey());
  }

  @Test
  void replacedMasterKey_ofAnother_isNotSigned() {
    alice.verify(bob);
    TestIdentity anew = new TestIdentity(bob.device);

    bob.uploadConfirmed(anew.keys()).ok();

    assertThat(bob.seenBy(phone, "master")).isEqualTo(anew.masterKey());
    assertThat(code(alice.verify(bob))).isEqualTo("M_NOT_FOUND");
    assertThat(alice.verify(anew).isMissingNode()).isTrue();
  }

  @Test
  void closedDevice_takesItsSignaturesAlong_andStaleOnesArePassedOver() {
    TestDevice tablet = phone.another().published();
    alice.sign(tablet);
    alice.uploadSigned(alice.userId, alice.master.publicKey(), tablet.sign(alice.masterKey()));
    JsonNode before = alice.seenBy(phone, "master");
    assertThat(signers(before, alice.userId)).containsExactly(tablet.key.keyId());

    tablet.client.post("/logout", "{}").ok();

    assertThat(alice.seenBy(phone, "master")).isEqualTo(alice.masterKey());
    assertThat(code(alice.uploadSigned(alice.userId, alice.master.publicKey(), before)))
        .isEqualTo("M_INVALID_SIGNATURE");
    assertThat(
            alice
                .uploadSigned(
                    alice.userId, alice.master.publicKey(), phone.sign((ObjectNode) before))
                .isMissingNode())
        .isTrue();
    assertThat(signers(alice.seenBy(carol, "master"), alice.userId))
        .containsExactly(phone.key.keyId());
  }
}
