package dev.stele.server.sync;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import dev.stele.server.sync.ListFollower.Lists;
import dev.stele.server.testing.TestServer;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** The extensions to_device and e2ee of sliding sync. */
final class SlidingDevicesTest {
  private static final String E2EE = "'extensions':{'e2ee':{'enabled':true}}";

  private static TestServer server;
  private static int users;

  private Letters alice;
  private Letters bob;
  private SlidingClient sliding;

  @BeforeAll
  static void start() {
    server = new TestServer();
  }

  @AfterAll
  static void stop() {
    server.close();
  }

  @BeforeEach
  void meet() {
    users++;
    alice = new Letters(Follower.register(server, "alice" + users));
    bob = new Letters(Follower.register(server, "bob" + users));
    sliding = new SlidingClient(bob.follower().client());
  }

  @Test
  void messages_areToldUntilSinceProvesThem() {
    alice.send(bob, "one");
    alice.send(bob, "two");

    JsonNode first = toDevice(sliding.sync(wanting("")));
    JsonNode again = toDevice(sliding.sync(wanting("")));

    assertThat(texts(first)).containsExactly("one", "two");
    assertThat(again).isEqualTo(first);
    JsonNode next = toDevice(sliding.sync(wanting(first.path("next_batch").asText())));
    assertThat(texts(next)).isEmpty();
    assertThat(next.path("next_batch").asText()).isNotEmpty();
    assertThat(bob.waiting()).isEmpty();
  }

  @Test
  void since_holdsOnANewConnection_andForSync() {
    bob.follower().sync();
    alice.send(bob, "one");
    String since = toDevice(sliding.sync(wanting(""))).path("next_batch").asText();
    alice.send(bob, "two");

    SlidingClient other = new SlidingClient(bob.follower().client(), "other");

    assertThat(texts(toDevice(other.sync(wanting(since))))).containsExactly("two");
  }

  @Test
  void limit_bringsTheRestAtOnce() {
    for (String text : List.of("one", "two", "three")) {
      alice.send(bob, text);
    }

    JsonNode first = toDevice(sliding.sync(wanting("', 'limit':2, 'x':'")));
    JsonNode second = toDevice(sliding.sync(wanting(first.path("next_batch").asText()), 30_000));

    assertThat(texts(first)).containsExactly("one", "two");
    assertThat(texts(second)).containsExactly("three");
  }

  @Test
  void waitingConnection_isWoken() {
    String since = toDevice(sliding.sync(wanting(""))).path("next_batch").asText();
    int before = server.waitingPolls();
    CompletableFuture<JsonNode> poll =
        CompletableFuture.supplyAsync(() -> sliding.sync(wanting(since), 30_000));
    while (server.waitingPolls() <= before) {
      Thread.onSpinWait();
    }

    alice.send(bob, "wake up");

    assertThat(texts(toDevice(poll.join()))).containsExactly("wake up");
  }

  @Test
  void sinceOfAnotherDevice_provesNothing() {
    Letters tablet = bob.otherDevice();
    alice.send(bob, "one");
    SlidingClient other = new SlidingClient(tablet.follower().client());
    String since = toDevice(other.sync(wanting(""))).path("next_batch").asText();

    assertThat(texts(toDevice(sliding.sync(wanting(since))))).containsExactly("one");
    assertThat(texts(toDevice(sliding.sync(wanting(""))))).containsExactly("one");
  }

  @Test
  void wrongRequest_isRefused() {
    assertThat(sliding.ask(wanting("nonsense"), 0).error()).isEqualTo("400 M_INVALID_PARAM");
    assertThat(sliding.ask(wanting("d999999999-0"), 0).error()).isEqualTo("400 M_INVALID_PARAM");
    assertThat(sliding.ask(wanting("','limit':0,'x':'"), 0).error())
        .isEqualTo("400 M_INVALID_PARAM");
    assertThat(sliding.ask(wanting("','limit':'2','x':'"), 0).error()).isEqualTo("400 M_BAD_JSON");
    assertThat(sliding.ask("'extensions':{'to_device':{'enabled':true,'since':1}}", 0).error())
        .isEqualTo("400 M_BAD_JSON");
  }

  @Test
  void deviceLists_areToldOnceTheConnectionHasBegun() {
    String room = alice.follower().createRoom("{'preset':'public_chat'}");
    bob.follower().join(room);

    JsonNode first = sliding.sync(E2EE).path("extensions").path("e2ee");
    ListFollower.renew(alice.follower());
    JsonNode second = sliding.sync(E2EE).path("extensions").path("e2ee");
    alice.follower().leave(room);
    JsonNode third = sliding.sync(E2EE).path("extensions").path("e2ee");

    String id = alice.follower().id();
    assertThat(first.has("device_lists")).isFalse();
    assertThat(first.path("device_one_time_keys_count").path("signed_curve25519").asInt(-1))
        .isZero();
    assertThat(first.path("device_unused_fallback_key_types").isArray()).isTrue();
    assertThat(Lists.of(second.path("device_lists"))).isEqualTo(new Lists(Set.of(id), Set.of()));
    assertThat(Lists.of(third.path("device_lists"))).isEqualTo(new Lists(Set.of(), Set.of(id)));
  }

  private static String wanting(String since) {
    return "'extensions':{'to_device':{'enabled':true,'since':'" + since + "'}}";
  }

  private static JsonNode toDevice(JsonNode answer) {
    return answer.path("extensions").path("to_device");
  }

  private static List<String> texts(JsonNode toDevice) {
    return Letters.letters(JsonNodeFactory.instance.objectNode().set("to_device", toDevice));
  }
}
