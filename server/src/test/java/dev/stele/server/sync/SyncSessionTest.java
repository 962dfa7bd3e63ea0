package dev.stele.server.sync;

import static dev.stele.server.sync.Follower.bodies;
import static dev.stele.server.sync.Follower.joined;
import static dev.stele.server.sync.Follower.state;
import static dev.stele.server.sync.Follower.types;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.stele.server.testing.TestServer.Answer;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;

/** A poll lasts as long as the session that it belongs to. */
final class SyncSessionTest extends Meeting {
  @Test
  void logout_endsTheDevicesPoll_andNoOther() {
    Follower tablet = bob.otherDevice();
    tablet.sync();
    int waiting = server.waitingPolls();
    var answer = pollPastPresence(bob);
    awaitPolls(waiting + 1);
    CompletableFuture<JsonNode> other = tablet.poll();

    bob.client().post("/logout", "{}").ok();

    assertThat(answer.join().error()).isEqualTo("401 M_UNKNOWN_TOKEN");
    alice.say(room, "still here");
    assertThat(bodies(joined(other.join(), room))).containsExactly("still here");
  }

  private static CompletableFuture<Answer> pollPastPresence(Follower device) {
    return device
        .client()
        .getLater("/sync?timeout=30000&since=" + device.token() + Follower.PAST_PRESENCE);
  }

  private void awaitPolls(int number) {
    while (server.waitingPolls() < number) {
      Thread.onSpinWait();
    }
  }

  @Test
  void logoutEverywhere_endsEveryPoll() {
    Follower tablet = bob.otherDevice();
    tablet.sync();
    int waiting = server.waitingPolls();
    var one = pollPastPresence(bob);
    var two = pollPastPresence(tablet);
    awaitPolls(waiting + 2);

    bob.client().post("/logout/all", "{}").ok();

    assertThat(one.join().error()).isEqualTo("401 M_UNKNOWN_TOKEN");
    assertThat(two.join().error()).isEqualTo("401 M_UNKNOWN_TOKEN");
  }

  @Test
  void twoPolls_ofOneDevice_areBothAnswered() {
    CompletableFuture<JsonNode> one = bob.fork().poll();
    CompletableFuture<JsonNode> two = bob.fork().poll();

    alice.say(room, "hello");

    assertThat(bodies(joined(one.join(), room))).containsExactly("hello");
    assertThat(bodies(joined(two.join(), room))).containsExactly("hello");
  }

  @Test
  void polls_beyondTheBoundOfTheirUser_areRefused_andNobodyElses() {
    alice.sync();
    int most = Polls.MAX_OF_USER * Runtime.getRuntime().availableProcessors();
    List<CompletableFuture<Answer>> polls = new ArrayList<>();
    for (int i = 0; i <= most; i++) {
      polls.add(pollPastPresence(alice));
    }

    Object refused = CompletableFuture.anyOf(polls.toArray(CompletableFuture[]::new)).join();
    assertThat(((Answer) refused).error()).isEqualTo("429 M_LIMIT_EXCEEDED");
    bob.sync();

    alice.client().post("/logout", "{}").ok();
    assertThat(polls)
        .extracting(poll -> poll.join().error())
        .containsOnly("429 M_LIMIT_EXCEEDED", "401 M_UNKNOWN_TOKEN");
  }

  @Test
  void ownProfileChange_live_repeatsNothing_andTellsNoNewJoin() {
    alice.say(room, "old");
    bob.sync();
    CompletableFuture<JsonNode> poll = bob.poll();

    bob.rename("Robert");

    JsonNode hall = joined(poll.join(), room);
    assertThat(types(hall)).containsExactly("m.room.member");
    assertThat(state(hall)).isEmpty();
  }
}
