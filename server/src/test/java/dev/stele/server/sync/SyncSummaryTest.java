package dev.stele.server.sync;

import static dev.stele.server.sync.Follower.joined;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.stele.server.testing.TestServer;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Who is in a room, in short: told when it changes, and only then. */
final class SyncSummaryTest {
  private static TestServer server;
  private static int users;

  private Follower alice;
  private Follower bob;
  private String room;

  @BeforeAll
  static void start() {
    server = new TestServer();
  }

  @AfterAll
  static void stop() {
    server.close();
  }

  /** Alice and Bob are in a room, and Bob knows it. */
  @BeforeEach
  void meet() {
    users++;
    alice = Follower.register(server, "alice" + users);
    bob = Follower.register(server, "bob" + users);
    room = alice.createRoom("{'preset':'public_chat'}");
    bob.join(room);
    bob.sync();
  }

  @Test
  void initial_hasCountsAndHeroes_butNotTheViewer() {
    JsonNode summary = joined(bob.anew().sync(), room).path("summary");

    assertThat(summary.path("m.joined_member_count").asInt()).isEqualTo(2);
    assertThat(summary.path("m.invited_member_count").asInt()).isZero();
    assertThat(summary.path("m.heroes").toString()).isEqualTo("[\"" + alice.id() + "\"]");
  }

  @Test
  void message_needsNoSummary() {
    alice.say(room, "one");

    assertThat(joined(bob.sync(), room).has("summary")).isFalse();
  }

  @Test
  void comingAndGoing_changesTheCounts_live() {
    Follower carol = Follower.register(server, "carol" + users);
    alice.change(room, "invite", carol);
    assertThat(counts(joined(bob.sync(), room))).isEqualTo("2 1");

    CompletableFuture<JsonNode> poll = bob.poll();
    carol.join(room);
    JsonNode hall = joined(poll.join(), room);
    assertThat(counts(hall)).isEqualTo("3 0");
    assertThat(hall.at("/summary/m.heroes").toString()).contains(alice.id(), carol.id());

    poll = bob.poll();
    carol.leave(room);
    assertThat(counts(joined(poll.join(), room))).isEqualTo("2 0");
    alice.leave(room);
    JsonNode alone = joined(bob.sync(), room);
    assertThat(counts(alone)).isEqualTo("1 0");
    assertThat(alone.at("/summary/m.heroes").toString()).as("who left").contains(alice.id());
  }

  @Test
  void comingAndGoing_changesTheCounts_sinceAnOldToken() {
    Follower carol = Follower.register(server, "carol" + users);
    carol.join(room);
    alice.change(room, "ban", carol);
    Follower dave = Follower.register(server, "dave" + users);
    dave.join(room);
    server.restart();

    assertThat(counts(joined(bob.sync(), room))).isEqualTo("3 0");
  }

  @Test
  void named_hasNoHeroes_untilTheNameIsGone() {
    alice.setState(room, "m.room.name", "{'name':'Hall'}");
    assertThat(joined(bob.sync(), room).path("summary").has("m.heroes")).isFalse();
    assertThat(joined(bob.anew().sync(), room).path("summary").has("m.heroes")).isFalse();

    alice.setState(room, "m.room.name", "{'name':''}");

    assertThat(joined(bob.sync(), room).at("/summary/m.heroes")).hasSize(1);
    assertThat(joined(bob.anew().sync(), room).at("/summary/m.heroes")).hasSize(1);
  }

  @Test
  void heroes_areTheFirstFive() {
    for (int i = 0; i < 7; i++) {
      Follower.register(server, "guest" + users + "x" + i).join(room);
    }

    JsonNode summary = joined(bob.sync(), room).path("summary");

    assertThat(summary.path("m.heroes")).hasSize(5);
    assertThat(summary.at("/m.heroes/0").asText()).isEqualTo(alice.id());
    assertThat(summary.path("m.joined_member_count").asInt()).isEqualTo(9);
  }

  private static String counts(JsonNode hall) {
    return hall.at("/summary/m.joined_member_count").asText()
        + " "
        + hall.at("/summary/m.invited_member_count").asText();
  }
}
