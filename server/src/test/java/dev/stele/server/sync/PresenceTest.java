package dev.stele.server.sync;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.stele.server.testing.TestServer;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Who is online, as others are told. */
final class PresenceTest extends Meeting {
  @Override
  void begin() {
    // Nobody has polled yet.
  }

  @Test
  void polling_makesOnline_andIsToldOnce() {
    bob.sync("&set_presence=offline");
    assertThat(of(alice)).isEqualTo("offline");

    alice.sync();

    assertThat(of(alice)).isEqualTo("online");
    assertThat(presences(bob.sync("&set_presence=offline")))
        .containsExactly(alice.id() + " online");
    alice.sync();
    assertThat(presences(bob.sync("&set_presence=offline"))).isEmpty();
    assertThat(presences(bob.anew().sync("&set_presence=offline")))
        .containsExactly(alice.id() + " online");
    assertThat(of(bob)).as("he did not want to be seen").isEqualTo("offline");
  }

  @Test
  void set_withStatus_wakesPolls() {
    alice.sync();
    bob.sync();
    var poll = bob.pollForPresence();

    put(alice, "{'presence':'unavailable','status_msg':'at lunch'}").ok();

    JsonNode told = poll.join().at("/presence/events/0");
    assertThat(told.path("type").asText()).isEqualTo("m.presence");
    assertThat(told.path("sender").asText()).isEqualTo(alice.id());
    assertThat(told.at("/content/presence").asText()).isEqualTo("unavailable");
    assertThat(told.at("/content/status_msg").asText()).isEqualTo("at lunch");
    assertThat(told.at("/content/currently_active").asBoolean()).isFalse();
    assertThat(told.at("/content/last_active_ago").asLong()).isBetween(0L, 60_000L);
    alice.sync();
    assertThat(of(alice)).as("a poll that says nothing").isEqualTo("unavailable");
    alice.sync("&set_presence=online");
    assertThat(of(alice)).as("a poll that says so").isEqualTo("online");
  }

  @Test
  void message_bringsBackWhoIsUnavailable() {
    alice.sync("&set_presence=unavailable");
    assertThat(of(alice)).isEqualTo("unavailable");
    bob.sync();
    var poll = bob.pollForPresence();

    alice
        .client()
        .put("/rooms/" + TestServer.Client.encode(room) + "/send/m.room.message/t", "{'body':'x'}")
        .ok();

    String first =
        presences(poll.join()).stream()
            .filter(one -> one.startsWith(alice.id()))
            .findFirst()
            .orElseGet(() -> eventually(bob, alice.id()));
    assertThat(first).isEqualTo(alice.id() + " online");
  }

  @Test
  void filter_ofPresence_leavesOut() {
    bob.sync("&set_presence=offline");
    alice.sync();

    String notHer = "{'presence':{'not_senders':['" + alice.id() + "']}}";
    assertThat(presences(bob.fork().filtered(notHer))).noneMatch(one -> one.startsWith(alice.id()));
    String none = "{'presence':{'not_types':['m.presence']}}";
    assertThat(presences(bob.fork().filtered(none))).isEmpty();
    assertThat(presences(bob.fork().sync("&set_presence=offline")))
        .contains(alice.id() + " online");
  }

  @Test
  void join_tellsPresencesBothWays() {
    Follower carol = person("carol");
    put(carol, "{'presence':'unavailable','status_msg':'new here'}").ok();
    alice.sync();
    bob.sync("&set_presence=offline");
    carol.sync("&set_presence=unavailable");
    String later = alice.createRoom("{'preset':'public_chat'}");
    alice.sync();

    carol.join(later);

    assertThat(presences(carol.sync("&set_presence=unavailable")))
        .contains(alice.id() + " online")
        .noneMatch(one -> one.startsWith(bob.id()));
    assertThat(eventually(alice, carol.id())).isEqualTo(carol.id() + " unavailable");
    assertThat(presences(alice.sync())).isEmpty();
    assertThat(presences(bob.sync("&set_presence=offline")))
        .as("who shares no room")
        .noneMatch(one -> one.startsWith(carol.id()));
  }

  @Test
  void leaving_endsWhatIsTold() {
    alice.sync();
    bob.sync();
    bob.leave(room);
    assertThat(of(alice)).isEqualTo("online");
    bob.sync();

    put(alice, "{'presence':'unavailable'}").ok();

    assertThat(presences(bob.sync())).noneMatch(one -> one.startsWith(alice.id()));
  }

  @Test
  void stranger_isToldNothing() {
    Follower carol = person("carol");
    carol.sync();
    alice.sync();

    assertThat(presences(carol.sync())).isEmpty();
    assertThat(carol.client().get(path(alice)).error()).isEqualTo("403 M_FORBIDDEN");
    assertThat(carol.client().get(path(carol)).ok().path("presence").asText()).isEqualTo("online");
    assertThat(carol.client().get("/presence/@nobody:test/status").error())
        .isEqualTo("403 M_FORBIDDEN");
    assertThat(server.anonymous().get(path(alice)).error()).isEqualTo("401 M_MISSING_TOKEN");

    bob.leave(room);
    assertThat(bob.client().get(path(alice)).error()).as("has left").isEqualTo("403 M_FORBIDDEN");
  }

  @Test
  void set_badOnes_areTold() {
    assertThat(put(alice, "{'presence':'dancing'}").error()).isEqualTo("400 M_INVALID_PARAM");
    assertThat(put(alice, "{}").error()).isEqualTo("400 M_MISSING_PARAM");
    assertThat(put(alice, "{'presence':7}").error()).isEqualTo("400 M_BAD_JSON");
    assertThat(put(alice, "{'presence':'online','status_msg':7}").error())
        .isEqualTo("400 M_BAD_JSON");
    assertThat(put(alice, "{'presence':'online','status_msg':'" + "x".repeat(1_001) + "'}").error())
        .isEqualTo("413 M_TOO_LARGE");
    assertThat(bob.client().put(path(alice), "{'presence':'online'}").error())
        .isEqualTo("403 M_FORBIDDEN");
    assertThat(alice.client().get("/sync?set_presence=dancing").error())
        .isEqualTo("400 M_INVALID_PARAM");
  }

  /** What one polls until they are told of another. */
  private static String eventually(Follower who, String other) {
    List<String> told = new ArrayList<>();
    while (told.stream().noneMatch(one -> one.startsWith(other))) {
      told.addAll(presences(who.pollNow(10_000).join()));
    }
    return told.stream().filter(one -> one.startsWith(other)).findFirst().orElseThrow();
  }

  private String of(Follower user) {
    return alice.client().get(path(user)).ok().path("presence").asText();
  }

  private static TestServer.Answer put(Follower user, String json) {
    return user.client().put(path(user), json);
  }

  private static String path(Follower user) {
    return "/presence/" + user.id() + "/status";
  }

  private static List<String> presences(JsonNode answer) {
    List<String> found = new ArrayList<>();
    for (JsonNode event : answer.path("presence").path("events")) {
      found.add(event.path("sender").asText() + " " + event.at("/content/presence").asText());
    }
    return found;
  }
}
