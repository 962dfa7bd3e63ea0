package dev.stele.server.sync;

import static dev.stele.server.sync.Follower.bodies;
import static dev.stele.server.sync.Follower.in;
import static dev.stele.server.sync.Follower.invited;
import static dev.stele.server.sync.Follower.joined;
import static dev.stele.server.sync.Follower.state;
import static dev.stele.server.sync.Follower.types;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.stele.server.testing.TestServer.Client;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Following what happens, one token after the other. */
final class SyncTest extends Meeting {
  @Override
  String newRoom() {
    return alice.createRoom("{'preset':'public_chat','name':'Hall'}");
  }

  @Test
  void initial_hasStateTimelineAndPushRules() {
    alice.say(room, "one");

    JsonNode answer = alice.sync();

    JsonNode hall = joined(answer, room);
    assertThat(bodies(hall)).containsExactly("one");
    List<String> everything = new ArrayList<>(state(hall));
    everything.addAll(types(hall));
    assertThat(everything).anyMatch(type -> type.startsWith("m.room.create"));
    assertThat(hall.at("/timeline/prev_batch").asText()).isNotEmpty();
    assertThat(answer.at("/account_data/events").toString()).contains("m.push_rules");
    assertThat(joined(alice.sync(), room).isMissingNode()).as("nothing is new").isTrue();
  }

  @Test
  void incremental_hasEachEventOnce() {
    alice.say(room, "one");
    assertThat(bodies(joined(bob.sync(), room))).containsExactly("one");
    alice.say(room, "two");
    bob.say(room, "three");

    JsonNode hall = joined(bob.sync(), room);

    assertThat(bodies(hall)).containsExactly("two", "three");
    assertThat(hall.at("/timeline/limited").asBoolean()).isFalse();
    assertThat(state(hall)).isEmpty();
    assertThat(bob.sync().has("rooms")).isFalse();
  }

  @Test
  void answered_meansReadable() {
    for (int i = 0; i < 20; i++) {
      alice.say(room, "m" + i);
      assertThat(bodies(joined(bob.sync(), room))).containsExactly("m" + i);
    }
  }

  @Test
  void poll_endsAtItsTimeout_withNothing() {
    JsonNode answer = bob.pollNow(50).join();

    assertThat(answer.has("rooms")).isFalse();
    assertThat(answer.path("next_batch").asText()).isNotEmpty();
  }

  @Test
  void poll_isWokenByAMessage() {
    CompletableFuture<JsonNode> poll = bob.poll();

    alice.say(room, "wake up");

    assertThat(bodies(joined(poll.join(), room))).containsExactly("wake up");
    assertThat(server.waitingPolls()).isZero();
  }

  @Test
  void poll_isNotWokenByOtherRooms() {
    CompletableFuture<JsonNode> poll = bob.poll();

    String other = alice.createRoom("{}");
    alice.say(other, "not for Bob");
    alice.say(room, "for Bob");

    JsonNode answer = poll.join();
    assertThat(bodies(joined(answer, room))).containsExactly("for Bob");
    assertThat(answer.toString()).doesNotContain("not for Bob");
  }

  @Test
  void poll_isWokenByAnInvite() {
    CompletableFuture<JsonNode> poll = bob.poll();

    String other = alice.createRoom("{'invite':['" + bob.id() + "']}");

    assertThat(invited(poll.join(), other).at("/invite_state/events")).isNotEmpty();
  }

  @Test
  void poll_isWokenByAccountData() {
    CompletableFuture<JsonNode> poll = bob.poll();

    bob.client().put("/user/" + bob.id() + "/account_data/org.test", "{'a':1}").ok();

    assertThat(poll.join().at("/account_data/events").toString())
        .isEqualTo("[{\"type\":\"org.test\",\"content\":{\"a\":1}}]");
  }

  @Test
  void poll_isWokenByRoomAccountData() {
    CompletableFuture<JsonNode> poll = bob.poll();

    bob.client().put("/user/" + bob.id() + in(room) + "/account_data/org.test", "{'a':1}").ok();

    assertThat(joined(poll.join(), room).at("/account_data/events/0/type").asText())
        .isEqualTo("org.test");
  }

  @Test
  void poll_isWokenByAReceipt() {
    String event = alice.say(room, "read me");
    bob.sync();
    CompletableFuture<JsonNode> poll = bob.poll();

    alice.receipt(room, "m.read", event);

    JsonNode content = joined(poll.join(), room).at("/ephemeral/events/0/content");
    assertThat(content.path(event).path("m.read").has(alice.id())).isTrue();
  }

  @Test
  void poll_isWokenByTyping() {
    CompletableFuture<JsonNode> poll = bob.poll();

    alice.type(room);

    assertThat(joined(poll.join(), room).at("/ephemeral/events/0").toString())
        .isEqualTo("{\"type\":\"m.typing\",\"content\":{\"user_ids\":[\"" + alice.id() + "\"]}}");
    assertThat(bob.sync().has("rooms")).as("told once").isFalse();
  }

  @Test
  void receipts_private_areTheirOwnersAlone() {
    String event = bob.say(room, "read me");
    alice.sync();
    bob.sync();

    alice.receipt(room, "m.read.private", event);

    assertThat(bob.sync().has("rooms")).isFalse();
    assertThat(bob.anew().sync().toString()).doesNotContain("m.read.private");
    assertThat(alice.sync().toString()).contains("m.read.private");
    assertThat(alice.anew().sync().toString()).contains("m.read.private");
  }

  @Test
  void receipts_ofOneUser_areOnlyTheNewest() {
    String first = bob.say(room, "first");
    String second = bob.say(room, "second");
    bob.sync();
    alice.receipt(room, "m.read", first);
    alice.receipt(room, "m.read", second);

    JsonNode content = joined(bob.sync(), room).at("/ephemeral/events/0/content");

    assertThat(content.has(second)).isTrue();
    assertThat(content.has(first)).isFalse();
  }

  @Test
  void transactionId_isForTheSendingDeviceAlone() {
    Follower tablet = alice.otherDevice();
    alice.sync();
    tablet.sync();
    String txn = "txn" + UUID.randomUUID();
    alice.client().put(in(room) + "/send/m.room.message/" + txn, "{'body':'x'}").ok();

    assertThat(joined(alice.sync(), room).toString()).contains(txn);
    assertThat(joined(tablet.sync(), room).toString()).contains("body").doesNotContain(txn);
    assertThat(joined(bob.sync(), room).toString()).contains("body").doesNotContain(txn);
  }

  @Test
  void fullState_tellsAllState_butNoOldTimeline() {
    alice.say(room, "old");
    bob.sync();
    alice.say(room, "new");

    JsonNode hall = joined(bob.sync("&full_state=true"), room);

    assertThat(state(hall)).contains("m.room.create|", "m.room.name|");
    assertThat(bodies(hall)).containsExactly("new");
  }

  @Test
  void ownProfileChange_repeatsNothing() {
    alice.say(room, "old");
    bob.sync();

    bob.rename("Robert");

    JsonNode hall = joined(bob.sync(), room);
    assertThat(types(hall)).containsExactly("m.room.member");
    assertThat(state(hall)).isEmpty();
  }

  @Test
  void redaction_takesTheContentAwayEverywhere() {
    String event = alice.say(room, "regretted");
    assertThat(bodies(joined(bob.sync(), room))).containsExactly("regretted");
    String before = bob.token();
    alice.client().put(in(room) + "/redact/" + event + "/" + UUID.randomUUID(), "{}").ok();

    assertThat(types(joined(bob.fork().sync(), room))).containsExactly("m.room.redaction");
    assertThat(bob.token()).isEqualTo(before);
    assertThat(bob.anew().sync().toString()).contains(event).doesNotContain("regretted");
    assertThat(bob.client().get(in(room) + "/messages?dir=b&limit=50").ok().toString())
        .contains(event)
        .doesNotContain("regretted");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "since=garbage",
        "since=s1",
        "since=s-1_0",
        "since=s999999999999_0",
        "since=t1_2_3",
        "timeout=-1",
        "timeout=soon",
        "set_presence=dancing",
        "full_state=perhaps",
        "filter=none-such",
        "filter=%7B%22room%22%3A1%7D"
      })
  void badParameters_areRefused(String parameters) {
    assertThat(bob.client().get("/sync?" + parameters).error()).isEqualTo("400 M_INVALID_PARAM");
  }

  @Test
  void unknownOrNoToken_isRefused() {
    assertThat(new Client(server, "@x:test", "nonsense").get("/sync").error())
        .isEqualTo("401 M_UNKNOWN_TOKEN");
    assertThat(server.anonymous().get("/sync").error()).isEqualTo("401 M_MISSING_TOKEN");
  }
}
