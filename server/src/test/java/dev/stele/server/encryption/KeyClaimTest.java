package dev.stele.server.encryption;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.stele.server.testing.TestServer.Answer;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;

/** One-time keys are handed out once, the oldest first, and fallback keys when none is left. */
final class KeyClaimTest extends TwoUsers {
  private static final JsonNodeFactory JSON = JsonNodeFactory.instance;

  @Test
  void claim_handsOutTheKeyAsUploaded_once() {
    ObjectNode keys = alice.oneTimeKeys("A");
    alice.upload("one_time_keys", keys).ok();

    assertThat(bob.claim(alice)).isEqualTo(keys);
    assertThat(bob.claim(alice).isMissingNode()).isTrue();
    assertThat(alice.count()).isZero();
  }

  @Test
  void claim_theOldestUploadFirst() {
    for (String id : List.of("Z", "M", "A")) {
      alice.upload("one_time_keys", alice.oneTimeKeys(id)).ok();
    }

    assertThat(claimedIds(3)).containsExactly("Z", "M", "A");
  }

  @Test
  void claim_ownKey_isHandedOutToo() {
    alice.upload("one_time_keys", alice.oneTimeKeys("A")).ok();

    assertThat(alice.claim(alice)).hasSize(1);
  }

  @Test
  void claim_unknownUserDeviceOrAlgorithm_isLeftOut() {
    alice.upload("one_time_keys", alice.oneTimeKeys("A")).ok();

    JsonNode answer =
        bob.client
            .post(
                "/keys/claim",
                ("{'timeout':10,'one_time_keys':{'%s':{'NONE':'signed_curve25519','%s':'none'},"
                        + "'@nobody:test':{'A':'signed_curve25519'}}}")
                    .formatted(alice.userId, alice.deviceId))
            .ok();

    assertThat(answer).hasToString("{\"one_time_keys\":{},\"failures\":{}}");
    assertThat(alice.count()).isEqualTo(1);
  }

  @Test
  void claim_userOfAnotherServer_isAFailureOfThatServer() {
    alice.upload("one_time_keys", alice.oneTimeKeys("A")).ok();

    JsonNode answer =
        bob.client
            .post(
                "/keys/claim",
                ("{'one_time_keys':{'@carol:elsewhere':{'A':'signed_curve25519'},"
                        + "'%s':{'%s':'signed_curve25519'}}}")
                    .formatted(alice.userId, alice.deviceId))
            .ok();

    assertThat(answer.path("failures").fieldNames()).toIterable().containsExactly("elsewhere");
    assertThat(answer.path("one_time_keys")).hasSize(1);
  }

  @Test
  void claim_ofTheWrongShape_isRefused() {
    assertThat(claim("{}")).isEqualTo("400 M_MISSING_PARAM");
    assertThat(claim("{'one_time_keys':[]}")).isEqualTo("400 M_BAD_JSON");
    assertThat(claim("{'one_time_keys':{'@a:test':[]}}")).isEqualTo("400 M_BAD_JSON");
    assertThat(claim("{'one_time_keys':{'@a:test':{'A':1}}}")).isEqualTo("400 M_BAD_JSON");
    assertThat(claim("{'one_time_keys':{'alice':{}}}")).isEqualTo("400 M_INVALID_PARAM");
    assertThat(claim("{'one_time_keys':{'@a:test':{'\\u0000':'x'}}}"))
        .isEqualTo("400 M_INVALID_PARAM");
    assertThat(server.anonymous().post("/keys/claim", "{'one_time_keys':{}}").error())
        .isEqualTo("401 M_MISSING_TOKEN");
  }

  private String claim(String body) {
    return bob.client.post("/keys/claim", body).error();
  }

  @Test
  void claim_tooManyAtOnce_isRefused() {
    ObjectNode body = JSON.objectNode();
    ObjectNode devices = body.putObject("one_time_keys").putObject(alice.userId);
    for (int i = 0; i <= 10_000; i++) {
      devices.put("D" + i, "signed_curve25519");
    }

    assertThat(claim(body.toString())).isEqualTo("413 M_TOO_LARGE");
  }

  @Test
  void claim_noneLeft_handsOutTheFallbackKey_again() {
    ObjectNode fallback = alice.fallbackKey();
    alice.uploadFallback("F", fallback).ok();
    alice.upload("one_time_keys", alice.oneTimeKeys("A")).ok();

    assertThat(bob.claim(alice).fieldNames()).toIterable().containsExactly("signed_curve25519:A");
    assertThat(bob.claim(alice).path("signed_curve25519:F")).isEqualTo(fallback);
    assertThat(bob.claim(alice).path("signed_curve25519:F")).isEqualTo(fallback);
  }

  @Test
  void fallbackKey_uploadedAnew_replacesTheOldOne() {
    alice.uploadFallback("F", alice.fallbackKey()).ok();
    assertThat(bob.claim(alice)).hasSize(1);
    ObjectNode second = alice.fallbackKey();
    alice.uploadFallback("G", second).ok();

    assertThat(bob.claim(alice)).isEqualTo(JSON.objectNode().set("signed_curve25519:G", second));
  }

  @Test
  void upload_repeatedAfterTheKeyWasClaimed_doesNotBringItBack() {
    ObjectNode keys = alice.oneTimeKeys("A", "B");
    alice.upload("one_time_keys", keys).ok();
    assertThat(bob.claim(alice)).hasSize(1);

    alice.upload("one_time_keys", keys).ok();

    assertThat(alice.count()).isEqualTo(1);
    assertThat(claimedIds(1)).hasSize(1);
    assertThat(bob.claim(alice).isMissingNode()).isTrue();
  }

  @Test
  void logout_takesTheKeysAway_andALaterLifeHasItsOwn() {
    alice.upload("one_time_keys", alice.oneTimeKeys("A")).ok();
    alice.uploadFallback("F", alice.fallbackKey()).ok();
    alice.client.post("/logout", "{}").ok();
    assertThat(bob.claim(alice).isMissingNode()).isTrue();

    TestDevice again =
        new TestDevice(server.login(alice.userId, "'device_id':'" + alice.deviceId + "'"));
    ObjectNode keys = again.published().oneTimeKeys("A");
    again.upload("one_time_keys", keys).ok();

    assertThat(bob.claim(again)).isEqualTo(keys);
  }

  @Test
  void claim_oneKey_byManyAtOnce_isWonByOne() {
    alice.upload("one_time_keys", alice.oneTimeKeys("A")).ok();

    List<CompletableFuture<Answer>> claims = new ArrayList<>();
    for (int i = 0; i < 50; i++) {
      claims.add((i % 2 == 0 ? bob : alice).claimLater(alice));
    }

    assertThat(claims.stream().filter(claim -> !TestDevice.claimed(claim.join(), alice).isEmpty()))
        .hasSize(1);
  }

  @Test
  void claim_manyKeys_byManyAtOnce_getsOneEach() {
    for (int upload = 0; upload < 5; upload++) {
      ObjectNode keys = JSON.objectNode();
      for (int i = 0; i < 20; i++) {
        keys.set("signed_curve25519:" + upload + "_" + i, alice.oneTimeKey());
      }
      alice.upload("one_time_keys", keys).ok();
    }

    List<CompletableFuture<Answer>> claims = new ArrayList<>();
    for (int i = 0; i < 120; i++) {
      claims.add(bob.claimLater(alice));
    }

    Set<String> seen = new HashSet<>();
    for (CompletableFuture<Answer> claim : claims) {
      TestDevice.claimed(claim.join(), alice)
          .fieldNames()
          .forEachRemaining(id -> assertThat(seen.add(id)).as(id).isTrue());
    }
    assertThat(seen).hasSize(100);
  }

  @Test
  void claim_manyDevicesAtOnce_getsAKeyOfEach() {
    ObjectNode body = JSON.objectNode();
    ObjectNode users = body.putObject("one_time_keys");
    for (int i = 0; i < 20; i++) {
      TestDevice one = TestDevice.register(server).published("A", "B");
      users.putObject(one.userId).put(one.deviceId, "signed_curve25519");
    }

    JsonNode answer = bob.client.post("/keys/claim", body.toString()).ok().path("one_time_keys");

    assertThat(answer).hasSize(20);
    answer.forEach(user -> user.forEach(device -> assertThat(device).hasSize(1)));
  }

  @Test
  void restart_keepsWhatIsLeft() {
    alice.upload("one_time_keys", alice.oneTimeKeys("A")).ok();
    alice.upload("one_time_keys", alice.oneTimeKeys("B")).ok();
    assertThat(claimedIds(1)).containsExactly("A");

    server.restart();

    assertThat(claimedIds(1)).containsExactly("B");
    assertThat(bob.claim(alice).isMissingNode()).isTrue();
  }

  private List<String> claimedIds(int count) {
    List<String> ids = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      bob.claim(alice).fieldNames().forEachRemaining(id -> ids.add(id.substring(18)));
    }
    return ids;
  }
}
