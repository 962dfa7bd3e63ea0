package dev.stele.server.encryption;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.stele.server.testing.TestServer;
import dev.stele.server.testing.TestServer.Answer;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Cross-signing keys: who may publish and replace which, and who sees them. */
final class CrossSigningTest {
  private static final JsonNodeFactory JSON = JsonNodeFactory.instance;
  private static final String INVALID = "400 M_INVALID_PARAM";
  private static final String FORGED = "400 M_INVALID_SIGNATURE";
  private static TestServer server;

  private TestDevice phone;
  private TestIdentity alice;
  private TestDevice bob;

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
    alice = new TestIdentity(phone);
    bob = TestDevice.register(server);
  }

  @Test
  void firstKeys_needNoConfirmation_andAreSeenByThoseWhoMay() {
    assertThat(alice.upload(alice.keys()).ok()).isEmpty();

    JsonNode own = phone.query(alice.userId);
    assertThat(own.path("master_keys").path(alice.userId)).isEqualTo(alice.masterKey());
    assertThat(own.path("self_signing_keys").path(alice.userId))
        .isEqualTo(alice.keys().path("self_signing_key"));
    assertThat(own.path("user_signing_keys").path(alice.userId))
        .isEqualTo(alice.keys().path("user_signing_key"));
    JsonNode others = bob.query(alice.userId);
    assertThat(others.path("master_keys")).isEqualTo(own.path("master_keys"));
    assertThat(others.path("self_signing_keys")).isEqualTo(own.path("self_signing_keys"));
    assertThat(others.path("user_signing_keys")).isEmpty();
  }

  @Test
  void sameKeys_again_needNoConfirmation_andChangeNothing() {
    alice.published();
    String position = position();

    assertThat(alice.upload(alice.keys()).ok()).isEmpty();
    assertThat(alice.upload(JSON.objectNode().set("master_key", alice.masterKey())).ok()).isEmpty();

    assertThat(position()).isEqualTo(position);
  }

  private String position() {
    return bob.client.get("/sync").ok().path("next_batch").asText();
  }

  @Test
  void otherKeys_needConfirmation() {
    alice.published();
    TestIdentity anew = new TestIdentity(phone);

    Answer challenge = alice.upload(anew.keys());

    assertThat(challenge.status()).isEqualTo(401);
    assertThat(challenge.json().path("flows").toString()).contains("m.login.password");
    assertThat(alice.seenBy(bob, "master")).isEqualTo(alice.masterKey());
    assertThat(alice.uploadConfirmed(anew.keys()).ok()).isEmpty();
    assertThat(alice.seenBy(bob, "master")).isEqualTo(anew.masterKey());
    assertThat(alice.seenBy(phone, "user_signing")).isEqualTo(anew.keys().path("user_signing_key"));
  }

  @Test
  void otherKeys_withAWrongPassword_areRefused() {
    alice.published();
    ObjectNode body = new TestIdentity(phone).keys();
    body.putObject("auth")
        .put("type", "m.login.password")
        .put("session", alice.upload(body).json().path("session").asText())
        .put("password", "wrong")
        .putObject("identifier")
        .put("type", "m.id.user")
        .put("user", alice.userId);

    assertThat(alice.upload(body).error()).isEqualTo("401 M_FORBIDDEN");
    assertThat(alice.seenBy(bob, "master")).isEqualTo(alice.masterKey());
  }

  @Test
  void anotherSelfSigningKey_needsConfirmation_too() {
    alice.published();
    ObjectNode body = JSON.objectNode();
    body.set("self_signing_key", alice.signedByMaster("self_signing", TestKey.ofCrossSigning()));

    assertThat(alice.upload(body).status()).isEqualTo(401);
    assertThat(alice.uploadConfirmed(body).ok()).isEmpty();
    assertThat(alice.seenBy(bob, "self_signing")).isEqualTo(body.path("self_signing_key"));
    assertThat(alice.seenBy(bob, "master")).isEqualTo(alice.masterKey());
  }

  @Test
  void anotherMasterKey_replacesAllKeys() {
    alice.published();
    TestIdentity anew = new TestIdentity(phone);

    alice.uploadConfirmed(JSON.objectNode().set("master_key", anew.masterKey())).ok();

    assertThat(alice.seenBy(phone, "master")).isEqualTo(anew.masterKey());
    assertThat(alice.seenBy(phone, "self_signing").isMissingNode()).isTrue();
    assertThat(alice.seenBy(phone, "user_signing").isMissingNode()).isTrue();
  }

  @Test
  void twoFirstUploads_atOnce_areNotBothTheFirst() {
    TestIdentity other = new TestIdentity(phone);
    CompletableFuture<Answer> one =
        phone.client.postLater("/keys/device_signing/upload", alice.keys().toString());
    CompletableFuture<Answer> two =
        phone.client.postLater("/keys/device_signing/upload", other.keys().toString());

    assertThat(List.of(one.join().status(), two.join().status()))
        .containsExactlyInAnyOrder(200, 401);
  }

  @Test
  void keys_withoutMasterKey_areRefused() {
    assertThat(alice.upload(alice.keys().without("master_key")).error())
        .isEqualTo("400 M_MISSING_PARAM");
    assertThat(alice.upload(JSON.objectNode()).error()).isEqualTo("400 M_MISSING_PARAM");
    assertThat(alice.upload(alice.keys().put("master_key", "key")).error())
        .isEqualTo("400 M_BAD_JSON");
  }

  @Test
  void keys_notSignedByTheMasterKey_areRefused_andNothingIsStored() {
    ObjectNode unsigned = alice.keys();
    unsigned.set("self_signing_key", alice.key("self_signing", alice.selfSigning));
    ObjectNode misKeyed = alice.keys();
    misKeyed.set(
        "user_signing_key",
        alice.sign(alice.key("user_signing", alice.userSigning), alice.selfSigning));
    ObjectNode changed = alice.keys();
    changed.withObject("/user_signing_key").put("more", 1);

    assertThat(alice.upload(unsigned).error()).isEqualTo(FORGED);
    assertThat(alice.upload(misKeyed).error()).isEqualTo(FORGED);
    assertThat(alice.upload(changed).error()).isEqualTo(FORGED);
    assertThat(alice.seenBy(phone, "master").isMissingNode()).isTrue();
  }

  @Test
  void keys_ofTheWrongForm_areRefused() {
    ObjectNode ofBob = alice.keys();
    ofBob.withObject("/master_key").put("user_id", bob.userId);
    ObjectNode otherUse = alice.keys();
    otherUse.set("master_key", alice.key("self_signing", alice.master));
    ObjectNode two = alice.keys();
    two.withObject("/master_key/keys").put("ed25519:x", "x");
    ObjectNode lying = alice.keys();
    lying
        .withObject("/master_key")
        .putObject("keys")
        .put(alice.master.keyId(), TestKey.ofCrossSigning().publicKey());
    ObjectNode shortKey = alice.keys();
    shortKey.withObject("/master_key").putObject("keys").put("ed25519:AAAA", "AAAA");
    ObjectNode padded = alice.keys();
    String text = alice.master.publicKey() + "=";
    padded.withObject("/master_key").putObject("keys").put("ed25519:" + text, text);

    for (ObjectNode body : List.of(ofBob, otherUse, two, lying, shortKey, padded)) {
      assertThat(alice.upload(body).error()).as(body.toString()).isEqualTo(INVALID);
    }
  }

  @Test
  void oneKey_forTwoUses_isRefused() {
    ObjectNode body = alice.keys();
    body.set("user_signing_key", alice.signedByMaster("user_signing", alice.selfSigning));

    assertThat(alice.upload(body).error()).isEqualTo(INVALID);
  }

  @Test
  void key_tooLarge_isRefused() {
    ObjectNode body = alice.keys();
    body.withObject("/master_key").put("more", "x".repeat(40_000));

    assertThat(alice.upload(body).error()).isEqualTo("413 M_TOO_LARGE");
  }

  @Test
  void key_namedLikeADevice_isForbidden() {
    assertThat(server.login(alice.userId, "'device_id':'" + alice.master.publicKey() + "'"))
        .isNotNull();

    assertThat(alice.upload(alice.keys()).error()).isEqualTo("403 M_FORBIDDEN");
  }

  @Test
  void login_onADeviceNamedLikeAKey_isRefused_andOpensNone() {
    alice.published();
    JsonNode devices = phone.client.get("/devices").ok();

    for (TestKey key : List.of(alice.master, alice.selfSigning, alice.userSigning)) {
      assertThat(logIn(alice.userId, key.publicKey()).error()).isEqualTo(INVALID);
    }

    assertThat(phone.client.get("/devices").ok()).isEqualTo(devices);
    assertThat(logIn(bob.userId, alice.master.publicKey()).status())
        .as("of somebody else")
        .isEqualTo(200);
  }

  @Test
  void loginByToken_onADeviceNamedLikeAKey_isRefused_andTheTokenStaysGood() {
    alice.published();
    String path = "/_matrix/client/v1/login/get_token";
    String session = phone.client.post(path, "{}").json().path("session").asText();
    String auth =
        "{'auth':{'type':'m.login.password','session':'%s','password':'password',"
            + "'identifier':{'type':'m.id.user','user':'%s'}}}";
    String token =
        phone
            .client
            .post(path, auth.formatted(session, alice.userId))
            .ok()
            .path("login_token")
            .asText();
    String login = "{'type':'m.login.token','token':'" + token + "'%s}";
    String named = ",'device_id':'" + alice.selfSigning.publicKey() + "'";

    assertThat(server.anonymous().post("/login", login.formatted(named)).error())
        .isEqualTo(INVALID);

    assertThat(server.anonymous().post("/login", login.formatted("")).status()).isEqualTo(200);
  }

  private static Answer logIn(String userId, String deviceId) {
    return server
        .anonymous()
        .post(
            "/login",
            ("{'type':'m.login.password','identifier':{'type':'m.id.user','user':'%s'},"
                    + "'password':'password','device_id':'%s'}")
                .formatted(userId, deviceId));
  }

  @Test
  void masterKey_signedByADevice_keepsTheSignature() {
    ObjectNode body = alice.keys();
    body.set("master_key", alice.sign(phone.sign(alice.masterKey()), alice.master));

    alice.upload(body).ok();

    assertThat(alice.seenBy(bob, "master")).isEqualTo(body.path("master_key"));
  }

  @Test
  void masterKey_withAForgedSignatureOfADevice_isRefused() {
    ObjectNode body = alice.keys();
    body.set("master_key", alice.sign(alice.masterKey(), TestKey.ofDevice(phone.deviceId)));

    assertThat(alice.upload(body).error()).isEqualTo(FORGED);
  }

  @Test
  void deviceKeys_crossSignedAtOnce_keepTheSignature() {
    alice.published();
    TestDevice tablet = phone.another();
    ObjectNode keys = alice.sign(tablet.deviceKeys(), alice.selfSigning);
    ObjectNode forged = tablet.deviceKeys();
    forged
        .withObject("/signatures")
        .withObject("/" + alice.userId)
        .set(alice.selfSigning.keyId(), phone.deviceKeys().findValue(phone.key.keyId()));

    assertThat(tablet.upload("device_keys", forged).error()).isEqualTo(FORGED);
    tablet.upload("device_keys", keys).ok();
    assertThat(tablet.seenBy(bob)).isEqualTo(keys);
  }

  @Test
  void upload_withoutToken_isRefused() {
    assertThat(server.anonymous().post("/keys/device_signing/upload", "{}").error())
        .isEqualTo("401 M_MISSING_TOKEN");
    assertThat(server.anonymous().post("/keys/signatures/upload", "{}").error())
        .isEqualTo("401 M_MISSING_TOKEN");
  }
}
