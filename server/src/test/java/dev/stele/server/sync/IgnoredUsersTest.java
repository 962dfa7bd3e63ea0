package dev.stele.server.sync;

import static dev.stele.server.sync.Follower.bodies;
import static dev.stele.server.sync.Follower.in;
import static dev.stele.server.sync.Follower.invited;
import static dev.stele.server.sync.Follower.joined;
import static dev.stele.server.sync.Follower.left;
import static dev.stele.server.sync.Follower.types;
import static dev.stele.server.sync.SlidingClient.LIST;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;

/** Whoever is ignored is not heard, but what they decide about a room counts. */
final class IgnoredUsersTest extends Meeting {
  @Test
  void messages_ofTheIgnored_areNotShown_live() {
    ignore("'" + alice.id() + "':{}");
    bob.sync();
    CompletableFuture<JsonNode> poll = bob.poll();

    alice.say(room, "ugly");
    alice.setState(room, "m.room.topic", "{'topic':'still shown'}");

    var answer = poll.join();
    assertThat(types(joined(answer, room))).containsExactly("m.room.topic");
    assertThat(answer.toString()).doesNotContain("ugly");
  }

  @Test
  void messages_ofTheIgnored_areNotShown_initiallyNorInHistory() {
    String event = alice.say(room, "ugly");
    bob.say(room, "nice");
    ignore("'" + alice.id() + "':{}");

    assertThat(bodies(joined(bob.anew().sync(), room))).containsExactly("nice");
    assertThat(bob.client().get(in(room) + "/messages?dir=b&limit=50").ok().toString())
        .contains("nice")
        .doesNotContain("ugly");
    assertThat(bob.client().get(in(room) + "/event/" + event).error()).isEqualTo("404 M_NOT_FOUND");
    assertThat(bodies(joined(alice.anew().sync(), room))).contains("ugly");
  }

  @Test
  void invites_ofTheIgnored_areNotShown() {
    ignore("'" + alice.id() + "':{}");

    String other = alice.createRoom("{'invite':['" + bob.id() + "']}");

    assertThat(invited(bob.sync(), other).isMissingNode()).isTrue();
    assertThat(invited(bob.anew().sync(), other).isMissingNode()).isTrue();
  }

  @Test
  void invite_ofTheIgnored_afterLeaving_showsTheDepartureOnly() {
    ignore("'" + alice.id() + "':{}");
    SlidingClient sliding = new SlidingClient(bob.client());
    sliding.sync(LIST);
    bob.sync();
    Follower away = bob.fork();
    bob.leave(room);
    alice.change(room, "invite", bob);

    JsonNode answer = bob.sync();
    JsonNode slid = SlidingClient.room(sliding.sync(LIST), room);

    assertThat(invited(answer, room).isMissingNode()).isTrue();
    assertThat(types(left(answer, room))).containsExactly("m.room.member");
    assertThat(left(answer, room).toString()).contains("leave").doesNotContain("invite");
    assertThat(slid.path("membership").asText()).isEqualTo("leave");
    assertThat(slid.toString()).doesNotContain("invite");
    server.restart();
    assertThat(types(left(away.sync(), room))).containsExactly("m.room.member");
  }

  @Test
  void invite_ofTheIgnored_afterADepartureThatIsKnown_showsNothing() {
    ignore("'" + alice.id() + "':{}");
    SlidingClient sliding = new SlidingClient(bob.client());
    sliding.sync(LIST);
    bob.leave(room);
    bob.sync();
    sliding.sync(LIST);
    Follower away = bob.fork();
    alice.change(room, "invite", bob);

    assertThat(bob.sync().has("rooms")).isFalse();
    assertThat(bob.anew().filtered("{'room':{'include_leave':true}}").has("rooms")).isFalse();
    assertThat(sliding.sync(LIST).path("rooms")).isEmpty();
    server.restart();
    assertThat(away.sync().has("rooms")).isFalse();
    assertThat(new SlidingClient(bob.client()).sync(LIST).path("rooms")).isEmpty();
  }

  @Test
  void unignored_areHeardAgain_evenAfterARestart() {
    ignore("'" + alice.id() + "':{},'" + bob.id() + "':{}");
    bob.sync();
    bob.say(room, "nobody ignores themselves");
    assertThat(bodies(joined(bob.sync(), room))).containsExactly("nobody ignores themselves");
    ignore("");

    alice.say(room, "sorry");

    assertThat(bodies(joined(bob.sync(), room))).containsExactly("sorry");
    server.restart();
    assertThat(bodies(joined(bob.anew().sync(), room))).contains("sorry");
  }

  @Test
  void oddLists_ignoreNobody() {
    bob.client()
        .put(
            "/user/" + bob.id() + "/account_data/m.ignored_user_list",
            "{'ignored_users':['" + alice.id() + "']}")
        .ok();

    alice.say(room, "heard");

    assertThat(bodies(joined(bob.sync(), room))).containsExactly("heard");
  }

  private void ignore(String users) {
    bob.client()
        .put(
            "/user/" + bob.id() + "/account_data/m.ignored_user_list",
            "{'ignored_users':{" + users + "}}")
        .ok();
  }
}
