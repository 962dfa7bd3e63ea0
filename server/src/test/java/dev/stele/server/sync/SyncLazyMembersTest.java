package dev.stele.server.sync;

import static dev.stele.server.sync.Follower.bodies;
import static dev.stele.server.sync.Follower.joined;
import static dev.stele.server.sync.Follower.state;
import static dev.stele.server.sync.Follower.types;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.stele.server.testing.TestServer.Client;
import org.junit.jupiter.api.Test;

/** Members that are told only to whoever needs them. */
final class SyncLazyMembersTest extends Meeting {
  private static final String LAZY = "{'room':{'state':{'lazy_load_members':true}}}";
  private static final String REDUNDANT =
      "{'room':{'state':{'lazy_load_members':true,'include_redundant_members':true}}}";

  @Test
  void initial_hasWhoSpeaks_theHeroes_andTheUser() {
    alice.setState(room, "m.room.name", "{'name':'Hall'}");
    Follower carol = person("carol");
    carol.join(room);
    for (int i = 0; i < 10; i++) {
      carol.say(room, "m" + i);
    }
    Follower tablet = bob.anew();

    assertThat(state(joined(tablet.filtered(LAZY), room)))
        .contains("m.room.create|", "m.room.member|" + carol.id(), "m.room.member|" + bob.id())
        .doesNotContain("m.room.member|" + alice.id());
    alice.setState(room, "m.room.name", "{}");
    for (int i = 0; i < 10; i++) {
      carol.say(room, "m" + i);
    }
    assertThat(state(joined(tablet.anew().filtered(LAZY), room)))
        .as("a room without a name is named after her")
        .contains("m.room.member|" + alice.id());
  }

  @Test
  void speaker_isShownOnce() {
    Follower carol = carolSpeaksToALazyBob();

    carol.say(room, "first");
    assertThat(state(joined(bob.filtered(LAZY), room)))
        .containsExactly("m.room.member|" + carol.id());
    carol.say(room, "second");
    assertThat(state(joined(bob.filtered(LAZY), room))).isEmpty();
    carol.say(room, "third");
    assertThat(state(joined(bob.filtered(REDUNDANT), room)))
        .containsExactly("m.room.member|" + carol.id());
  }

  @Test
  void speaker_whoJoinsInTheTimeline_isPartOfTheStateAfterIt() {
    Follower carol = person("carol");
    carol.join(room);
    carol.say(room, "hello");
    Follower tablet = bob.anew();
    String parameters = "&use_state_after=true&filter=" + Client.encode(LAZY.replace('\'', '"'));

    JsonNode hall = joined(tablet.sync(parameters), room);

    assertThat(types(hall)).contains("m.room.member", "m.room.message");
    assertThat(hall.path("state_after").path("events").findValuesAsText("state_key"))
        .contains(alice.id(), bob.id(), carol.id());
    carol.say(room, "once more");
    hall = joined(tablet.sync(parameters), room);
    assertThat(hall.path("state_after").path("events")).as("Carol is known").isEmpty();
  }

  @Test
  void speaker_isShownAgain_toAClientThatLostTheAnswer() {
    Follower carol = carolSpeaksToALazyBob();
    Follower before = bob.fork();
    carol.say(room, "first");
    bob.filtered(LAZY);

    assertThat(state(joined(before.filtered(LAZY), room)))
        .containsExactly("m.room.member|" + carol.id());
  }

  @Test
  void speaker_isShownAgain_toAClientThatWantedAllState() {
    alice.setState(room, "m.room.name", "{'name':'Hall'}");
    Follower carol = carolSpeaksToALazyBob();
    carol.say(room, "first");
    bob.filtered(LAZY);
    bob.sync("&full_state=true&filter=" + Client.encode(LAZY.replace('\'', '"')));
    carol.say(room, "second");

    assertThat(state(joined(bob.filtered(LAZY), room)))
        .containsExactly("m.room.member|" + carol.id());
  }

  @Test
  void speaker_isShown_afterARestart() {
    Follower carol = carolSpeaksToALazyBob();
    carol.say(room, "first");
    server.restart();

    JsonNode hall = joined(bob.filtered(LAZY), room);

    assertThat(state(hall)).containsExactly("m.room.member|" + carol.id());
    assertThat(bodies(hall)).containsExactly("first");
  }

  @Test
  void speakerWhoRenamesMeanwhile_isShownAsAtTheStart() {
    Follower carol = carolSpeaksToALazyBob();
    carol.say(room, "as Carol");
    carol.rename("Caroline");
    carol.say(room, "as Caroline");

    JsonNode hall = joined(bob.filtered(LAZY), room);

    assertThat(state(hall)).containsExactly("m.room.member|" + carol.id());
    assertThat(hall.path("state").toString()).doesNotContain("Caroline");
    assertThat(types(hall)).containsExactly("m.room.message", "m.room.member", "m.room.message");
  }

  @Test
  void gap_tellsAllChangesOfMembersInIt() {
    bob.filtered(LAZY);
    Follower carol = person("carol");
    carol.join(room);
    for (int i = 0; i < 10; i++) {
      alice.say(room, "m" + i);
    }

    JsonNode hall = joined(bob.filtered(LAZY), room);

    assertThat(hall.at("/timeline/limited").asBoolean()).isTrue();
    assertThat(state(hall)).contains("m.room.member|" + carol.id());
  }

  @Test
  void join_hasTheUsersOwnMember() {
    String other = alice.createRoom("{'preset':'public_chat','name':'Other'}");
    bob.join(other);
    for (int i = 0; i < 10; i++) {
      alice.say(other, "m" + i);
    }

    JsonNode hall = joined(bob.filtered(LAZY), other);

    assertThat(state(hall)).contains("m.room.member|" + bob.id());
  }

  /** Carol is in a room with a name, and Bob has seen nothing of her. */
  private Follower carolSpeaksToALazyBob() {
    alice.setState(room, "m.room.name", "{'name':'Hall'}");
    Follower carol = person("carol");
    carol.join(room);
    for (int i = 0; i < 10; i++) {
      alice.say(room, "m" + i);
    }
    bob = bob.anew();
    assertThat(state(joined(bob.filtered(LAZY), room)))
        .doesNotContain("m.room.member|" + carol.id());
    return carol;
  }
}
