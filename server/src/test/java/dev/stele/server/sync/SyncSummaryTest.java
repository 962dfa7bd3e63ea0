package dev.stele.server.sync;

import static dev.stele.server.sync.Follower.joined;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;

/** Who is in a room, in short: told when it changes, and only then. */
final class SyncSummaryTest extends Meeting {
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
    Follower carol = person("carol");
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
    Follower carol = person("carol");
    carol.join(room);
    alice.change(room, "ban", carol);
    Follower dave = person("dave");
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
      person("guest" + i + "x").join(room);
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
