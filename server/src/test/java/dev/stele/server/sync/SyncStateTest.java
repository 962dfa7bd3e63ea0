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
import org.junit.jupiter.api.Test;

/** Which state goes with a timeline, at its start or at its end. */
final class SyncStateTest extends Meeting {
  @Test
  void stateAfter_takesThePlaceOfState_andHasWhatTheTimelineShows() {
    alice.setState(room, "m.room.topic", "{'topic':'new'}");

    JsonNode hall = joined(bob.fork().sync("&use_state_after=true"), room);

    assertThat(hall.has("state")).isFalse();
    assertThat(hall.at("/state_after/events").findValuesAsText("type"))
        .containsExactly("m.room.topic");
    assertThat(types(hall)).containsExactly("m.room.topic");
    assertThat(state(joined(bob.sync(), room))).isEmpty();
  }

  @Test
  void stateAfter_isThere_evenIfEmpty_alsoOfRoomsLeft() {
    alice.say(room, "one");
    assertThat(joined(bob.sync("&use_state_after=true"), room).at("/state_after/events").isArray())
        .isTrue();
    bob.leave(room);

    JsonNode gone = left(bob.sync("&use_state_after=true"), room);

    assertThat(gone.has("state")).isFalse();
    assertThat(gone.at("/state_after/events").toString()).contains("leave");
  }

  @Test
  void stateAfter_initially_isTheStateAtTheEnd() {
    alice.setState(room, "m.room.topic", "{'topic':'old'}");
    alice.setState(room, "m.room.topic", "{'topic':'new'}");

    JsonNode hall = joined(bob.anew().sync("&use_state_after=true"), room);

    assertThat(hall.at("/state_after/events").toString())
        .contains("m.room.create", "\"content\":{\"topic\":\"new\"}")
        .doesNotContain("\"content\":{\"topic\":\"old\"}");
  }

  @Test
  void state_theTimelineIsFiltered_stillChanges() {
    alice.setState(room, "m.room.topic", "{'topic':'unseen'}");
    alice.say(room, "one");
    String filter = "{'room':{'timeline':{'types':['m.room.message']}}}";

    assertThat(state(joined(bob.fork().filtered(filter), room))).containsExactly("m.room.topic|");
    server.restart();
    JsonNode hall = joined(bob.filtered(filter), room);

    assertThat(types(hall)).containsExactly("m.room.message");
    assertThat(state(hall)).containsExactly("m.room.topic|");
  }

  @Test
  void state_onlyUnwantedEvents_isToldWithoutTimeline() {
    alice.setState(room, "m.room.topic", "{'topic':'unseen'}");

    JsonNode hall = joined(bob.filtered("{'room':{'timeline':{'types':[]}}}"), room);

    assertThat(types(hall)).isEmpty();
    assertThat(state(hall)).containsExactly("m.room.topic|");
  }

  @Test
  void state_filtered_leavesOut() {
    alice.setState(room, "m.room.topic", "{'topic':'a'}");
    alice.setState(room, "m.room.name", "{'name':'b'}");

    JsonNode hall =
        joined(
            bob.anew().filtered("{'room':{'timeline':{'types':[]},'state':{'types':['m.*name']}}}"),
            room);

    assertThat(state(hall)).containsExactly("m.room.name|");
  }

  @Test
  void rejoin_whereOnlyMembersSee_cutsTheTimelineAtTheHole_andTellsTheState() {
    alice.setState(room, "m.room.history_visibility", "{'history_visibility':'joined'}");
    bob.sync();
    alice.say(room, "before");
    bob.leave(room);
    alice.say(room, "hidden");
    alice.setState(room, "m.room.topic", "{'topic':'meanwhile'}");
    bob.join(room);
    alice.say(room, "after");

    JsonNode answer = bob.sync();

    JsonNode hall = joined(answer, room);
    assertThat(bodies(hall)).containsExactly("after");
    assertThat(hall.at("/timeline/limited").asBoolean()).isTrue();
    assertThat(state(hall)).contains("m.room.topic|");
    assertThat(answer.toString()).doesNotContain("hidden");
    String from = hall.at("/timeline/prev_batch").asText();
    JsonNode page = bob.client().get(in(room) + "/messages?dir=b&from=" + from).ok();
    assertThat(page.toString()).contains("before").doesNotContain("hidden");
  }

  @Test
  void joinedAndLeft_betweenTwoPolls_isToldWhole_upToTheLeave() {
    String other = alice.createRoom("{'preset':'public_chat','name':'Elsewhere'}");
    alice.say(other, "before");
    bob.join(other);
    bob.leave(other);
    alice.say(other, "later");
    alice.setState(other, "m.room.topic", "{'topic':'later too'}");

    JsonNode answer = bob.sync();

    JsonNode gone = left(answer, other);
    assertThat(bodies(gone)).containsExactly("before");
    assertThat(gone.toString()).contains("m.room.create", "Elsewhere");
    assertThat(answer.toString()).doesNotContain("later");
  }

  @Test
  void inviteWithdrawn_tellsWhoDidIt() {
    String other = alice.createRoom("{'invite':['" + bob.id() + "'],'name':'Secret'}");
    assertThat(invited(bob.sync(), other).toString()).contains("Secret", alice.id());
    alice.say(other, "hidden");
    alice.change(other, "kick", bob);

    JsonNode gone = left(bob.sync(), other);

    assertThat(types(gone)).containsExactly("m.room.member");
    assertThat(gone.at("/timeline/events/0/sender").asText()).isEqualTo(alice.id());
    assertThat(state(gone)).isEmpty();
    assertThat(gone.toString()).doesNotContain("hidden");
  }

  @Test
  void archive_hasStateAndTimeline_upToTheLeave() {
    alice.setState(room, "m.room.topic", "{'topic':'before'}");
    bob.leave(room);
    alice.setState(room, "m.room.topic", "{'topic':'after'}");

    JsonNode answer =
        bob.anew()
            .filtered("{'room':{'include_leave':true,'timeline':{'types':['m.room.message']}}}");

    assertThat(left(answer, room).at("/state/events").toString())
        .contains("before", "m.room.create")
        .doesNotContain("after");
  }

  @Test
  void oldToken_readsOnlyTheRoomsWithNews() {
    String quiet = alice.createRoom("{'preset':'public_chat'}");
    bob.join(quiet);
    bob.sync();
    server.restart();
    alice.say(room, "news");

    JsonNode answer = bob.sync();

    assertThat(bodies(joined(answer, room))).containsExactly("news");
    assertThat(joined(answer, quiet).isMissingNode()).isTrue();
  }
}
