package dev.stele.server.encryption;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.stele.server.testing.TestServer;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What /sync tells a device of its keys, and others of its identity keys. */
final class KeyCountSyncTest {
  /** Who is online is told at a time of its own. */
  private static final String PAST_PRESENCE =
      "&filter=" + TestServer.Client.encode("{\"presence\":{\"not_types\":[\"*\"]}}");

  private static TestServer server;

  private TestDevice alice;
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
    alice = TestDevice.register(server);
    bob = TestDevice.register(server);
  }

  @Test
  void everyAnswer_tellsWhatIsLeft() {
    JsonNode empty = bob.client.get("/sync").ok();
    bob.published("A", "B");
    bob.uploadFallback("F", bob.fallbackKey()).ok();
    JsonNode full = sync(bob, empty);
    alice.claim(bob);
    JsonNode less = sync(bob, full);
    alice.claim(bob);
    alice.claim(bob);
    JsonNode used = sync(bob, less);

    assertThat(count(empty)).isZero();
    assertThat(fallback(empty)).isEqualTo("[]");
    assertThat(count(full)).isEqualTo(2);
    assertThat(fallback(full)).isEqualTo("[\"signed_curve25519\"]");
    assertThat(count(less)).isEqualTo(1);
    assertThat(count(used)).isZero();
    assertThat(fallback(used)).isEqualTo("[]");
    server.restart();
    assertThat(count(sync(bob, used))).isZero();
    assertThat(fallback(sync(bob, used))).isEqualTo("[]");
  }

  @Test
  void anotherDevice_hasCountsOfItsOwn() {
    bob.published("A", "B");
    TestDevice tablet = bob.another();

    assertThat(count(tablet.client.get("/sync").ok())).isZero();
  }

  @Test
  void claim_wakesTheDeviceThatHasFewerKeys() {
    bob.published("A", "B");
    String since = bob.client.get("/sync").ok().path("next_batch").asText();
    CompletableFuture<JsonNode> poll = poll(bob, since);

    alice.claim(bob);

    assertThat(count(poll.join())).isEqualTo(1);
  }

  @Test
  void identityKeys_ofWhoSharesARoom_wakeThePoll() {
    String room =
        alice.client.post("/createRoom", "{'preset':'public_chat'}").ok().path("room_id").asText();
    bob.client.post("/rooms/" + room + "/join", "{}").ok();
    String since = alice.client.get("/sync").ok().path("next_batch").asText();
    CompletableFuture<JsonNode> poll = poll(alice, since);

    bob.published();

    assertThat(poll.join().path("device_lists").path("changed"))
        .hasToString("[\"" + bob.userId + "\"]");
  }

  private static CompletableFuture<JsonNode> poll(TestDevice device, String since) {
    int before = server.waitingPolls();
    CompletableFuture<JsonNode> poll =
        device
            .client
            .getLater("/sync?timeout=30000&since=" + since + PAST_PRESENCE)
            .thenApply(TestServer.Answer::ok);
    while (server.waitingPolls() <= before) {
      assertThat(poll).isNotDone();
      Thread.onSpinWait();
    }
    return poll;
  }

  private static JsonNode sync(TestDevice device, JsonNode before) {
    return device.client.get("/sync?since=" + before.path("next_batch").asText()).ok();
  }

  private static int count(JsonNode answer) {
    return answer.path("device_one_time_keys_count").path("signed_curve25519").asInt(-1);
  }

  private static String fallback(JsonNode answer) {
    return answer.path("device_unused_fallback_key_types").toString();
  }
}
