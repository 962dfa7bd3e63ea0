package dev.stele.server.sync;

import static dev.stele.server.sync.Follower.bodies;
import static dev.stele.server.sync.Follower.in;
import static dev.stele.server.sync.Follower.invited;
import static dev.stele.server.sync.Follower.joined;
import static dev.stele.server.sync.Follower.left;
import static dev.stele.server.sync.Follower.state;
import static dev.stele.server.sync.Follower.types;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.stele.server.testing.TestServer;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What coming and going does to what a user is told. */
final class SyncMembershipTest {
  private static TestServer server;
  private static int users;

  private Follower alice;
  private Follower bob;

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
    users++;
    alice = Follower.register(server, "alice" + users);
    bob = Follower.register(server, "bob" + users);
    bob.sync();
  }

  @Test
  void invite_showsStrippedState_once() {
    String room = alice.createRoom("{'name':'Hall','invite':['" + bob.id() + "']}");
    alice.say(room, "secret");

    JsonNode answer = bob.sync();

    assertThat(invited(answer, room).at("/invite_state/events").toString())
        .contains("m.room.create", "Hall", bob.id())
        .doesNotContain("event_id", "secret");
    assertThat(joined(answer, room).isMissingNode()).isTrue();
    assertThat(bob.sync().has("rooms")).isFalse();
    assertThat(invited(bob.anew().sync(), room).isMissingNode()).isFalse();
  }

  @Test
  void joinAfterInvite_showsHistoryAndState() {
    String room = alice.createRoom("{'invite':['" + bob.id() + "']}");
    for (int i = 0; i < 12; i++) {
      alice.say(room, "m" + i);
    }
    bob.sync();
    bob.join(room);

    JsonNode hall = joined(bob.sync(), room);

    assertThat(bodies(hall))
        .containsExactly("m3", "m4", "m5", "m6", "m7", "m8", "m9", "m10", "m11");
    assertThat(hall.at("/timeline/limited").asBoolean()).isTrue();
    assertThat(state(hall)).contains("m.room.create|", "m.room.member|" + alice.id());
  }

  @Test
  void join_historyForMembers_startsAtTheJoin() {
    String room =
        alice.createRoom(
            "{'preset':'public_chat','initial_state':[{'type':'m.room.history_visibility',"
                + "'content':{'history_visibility':'joined'}}]}");
    alice.say(room, "before");
    bob.join(room);
    alice.say(room, "after");

    JsonNode answer = bob.sync();

    assertThat(bodies(joined(answer, room))).containsExactly("after");
    assertThat(answer.toString()).doesNotContain("before");
    assertThat(joined(answer, room).toString()).contains("m.room.create");
  }

  @Test
  void inviteRejected_isALeave() {
    String room = alice.createRoom("{'invite':['" + bob.id() + "']}");
    bob.sync();
    bob.leave(room);
    alice.say(room, "secret");

    JsonNode answer = bob.sync();

    assertThat(left(answer, room).isMissingNode()).isFalse();
    assertThat(answer.toString()).doesNotContain("secret");
    assertThat(bob.sync().has("rooms")).isFalse();
  }

  @ParameterizedTest
  @ValueSource(strings = {"leave", "kick", "ban"})
  void gone_isToldOnce_andNothingLater(String way) {
    String room = publicRoom();
    alice.say(room, "before");
    go(way, room);
    alice.say(room, "after");
    alice.setState(room, "m.room.topic", "{'topic':'after too'}");

    JsonNode answer = bob.sync();

    assertThat(bodies(left(answer, room))).containsExactly("before");
    assertThat(types(left(answer, room))).endsWith("m.room.member");
    assertThat(answer.toString()).doesNotContain("after");
    assertThat(joined(answer, room).isMissingNode()).isTrue();
    assertThat(bob.sync().has("rooms")).isFalse();
    assertThat(bob.anew().sync().has("rooms")).isFalse();
    JsonNode everything = bob.anew().filtered("{'room':{'include_leave':true}}");
    assertThat(bodies(left(everything, room))).containsExactly("before");
    assertThat(everything.toString()).doesNotContain("after");
    assertThat(bob.client().get(in(room) + "/messages?dir=b&limit=50").ok().toString())
        .contains("before")
        .doesNotContain("after");
  }

  @ParameterizedTest
  @ValueSource(strings = {"leave", "kick", "ban"})
  void gone_whileAPollWaits_isToldOnce_andNothingLater(String way) {
    String room = publicRoom();
    CompletableFuture<JsonNode> poll = bob.poll();
    go(way, room);

    JsonNode answer = poll.join();
    assertThat(types(left(answer, room))).containsExactly("m.room.member");
    CompletableFuture<JsonNode> next = bob.poll();
    alice.say(room, "after");
    alice.type(room);
    String other = alice.createRoom("{'invite':['" + bob.id() + "']}");

    assertThat(next.join().toString()).contains(other).doesNotContain("after", room);
  }

  @Test
  void banAfterLeave_showsNothingOfBetween() {
    String room = publicRoom();
    bob.leave(room);
    bob.sync();
    alice.say(room, "between");
    alice.change(room, "ban", bob);

    JsonNode answer = bob.sync();

    assertThat(answer.toString()).doesNotContain("between");
    assertThat(left(answer, room).isMissingNode()).isFalse();
  }

  @Test
  void rejoin_bringsWhatTheUserStoredOfTheRoom_meanwhile() {
    String room = publicRoom();
    bob.leave(room);
    bob.client().put("/user/" + bob.id() + in(room) + "/account_data/org.test", "{'a':1}").ok();
    bob.sync();
    bob.join(room);

    JsonNode hall = joined(bob.sync(), room);

    assertThat(hall.at("/account_data/events/0/content/a").asInt()).isEqualTo(1);
  }

  @Test
  void rejoin_showsTheRoomAgain() {
    String room = publicRoom();
    bob.leave(room);
    bob.sync();
    alice.say(room, "meanwhile");
    bob.join(room);

    JsonNode hall = joined(bob.sync(), room);

    assertThat(bodies(hall)).containsExactly("meanwhile");
    alice.say(room, "now");
    assertThat(bodies(joined(bob.sync(), room))).containsExactly("now");
  }

  @Test
  void leaveAndRejoin_betweenTwoPolls_repeatsNothing() {
    String room = publicRoom();
    alice.say(room, "known");
    bob.sync();
    bob.leave(room);
    alice.say(room, "meanwhile");
    bob.join(room);

    JsonNode answer = bob.sync();

    assertThat(bodies(joined(answer, room))).containsExactly("meanwhile");
    assertThat(left(answer, room).isMissingNode()).isTrue();
  }

  @Test
  void forgotten_isGone() {
    String room = publicRoom();
    bob.leave(room);
    bob.sync();
    bob.forget(room);

    assertThat(bob.sync().has("rooms")).isFalse();
    assertThat(bob.anew().filtered("{'room':{'include_leave':true}}").has("rooms")).isFalse();
    bob.join(room);
    assertThat(joined(bob.sync(), room).isMissingNode()).as("until a new join").isFalse();
  }

  @ParameterizedTest
  @ValueSource(booleans = {false, true})
  void leftAndForgotten_betweenTwoPolls_isALeave(boolean restarted) {
    String room = publicRoom();
    bob.leave(room);
    bob.forget(room);
    if (restarted) {
      server.restart();
    }
    alice.say(room, "after");

    JsonNode answer = bob.sync();

    assertThat(left(answer, room).isMissingNode()).isFalse();
    assertThat(answer.toString()).doesNotContain("after");
    assertThat(bob.sync().has("rooms")).isFalse();
  }

  /** A room that Bob is in, and knows of. */
  private String publicRoom() {
    String room = alice.createRoom("{'preset':'public_chat'}");
    bob.join(room);
    bob.sync();
    return room;
  }

  private void go(String way, String room) {
    if (way.equals("leave")) {
      bob.leave(room);
    } else {
      alice.change(room, way, bob);
    }
  }
}
