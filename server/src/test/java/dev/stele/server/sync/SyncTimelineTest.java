package dev.stele.server.sync;

import static dev.stele.server.sync.Follower.bodies;
import static dev.stele.server.sync.Follower.bodiesOf;
import static dev.stele.server.sync.Follower.in;
import static dev.stele.server.sync.Follower.joined;
import static dev.stele.server.sync.Follower.state;
import static dev.stele.server.sync.Follower.types;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** Gaps, and what filters leave of a timeline. */
final class SyncTimelineTest extends Meeting {
  @Test
  void gap_isFilledByPagingBack_withoutLossOrRepeat() {
    List<String> sent = IntStream.range(0, 35).mapToObj(i -> "m" + i).toList();
    String before = bob.token();
    sent.forEach(text -> alice.say(room, text));

    JsonNode hall = joined(bob.sync(), room);

    assertThat(hall.at("/timeline/limited").asBoolean()).isTrue();
    List<String> newestFirst = new ArrayList<>(bodies(hall));
    Collections.reverse(newestFirst);
    assertThat(newestFirst).hasSize(10);
    String from = hall.at("/timeline/prev_batch").asText();
    JsonNode chunk;
    do {
      JsonNode page =
          bob.client()
              .get(in(room) + "/messages?dir=b&limit=7&from=" + from + "&to=" + before)
              .ok();
      chunk = page.path("chunk");
      newestFirst.addAll(bodiesOf(chunk));
      from = page.path("end").asText();
    } while (!chunk.isEmpty());
    Collections.reverse(newestFirst);
    assertThat(newestFirst).isEqualTo(sent);
  }

  @Test
  void gap_bringsTheStateThatChangedInIt_once() {
    alice.setState(room, "m.room.topic", "{'topic':'first'}");
    alice.setState(room, "m.room.topic", "{'topic':'second'}");
    for (int i = 0; i < 10; i++) {
      alice.say(room, "m" + i);
    }

    JsonNode hall = joined(bob.sync(), room);

    assertThat(state(hall)).containsExactly("m.room.topic|");
    assertThat(hall.at("/state/events/0/content/topic").asText()).isEqualTo("second");
  }

  @Test
  void filter_typesAndSenders_leaveOut() {
    alice.say(room, "from Alice");
    bob.say(room, "from Bob");
    alice.send(room, "org.test.other", "{}");

    assertThat(types(filtered("{'types':['m.room.message']}"))).hasSize(2);
    assertThat(types(filtered("{'types':['org.*']}"))).containsExactly("org.test.other");
    assertThat(types(filtered("{'not_types':['m.room.*']}"))).containsExactly("org.test.other");
    assertThat(bodies(filtered("{'senders':['" + bob.id() + "']}"))).containsExactly("from Bob");
    assertThat(bodies(filtered("{'not_senders':['" + bob.id() + "']}")))
        .containsExactly("from Alice");
    assertThat(types(filtered("{'limit':1}"))).containsExactly("org.test.other");
  }

  @Test
  void filter_rooms_leavesOut() {
    String other = alice.createRoom("{'preset':'public_chat'}");
    bob.join(other);
    bob.sync();
    alice.say(room, "in the hall");
    alice.say(other, "elsewhere");

    assertThat(bob.fork().filtered("{'room':{'rooms':['" + room + "']}}").toString())
        .contains("in the hall")
        .doesNotContain("elsewhere");
    assertThat(bob.fork().filtered("{'room':{'not_rooms':['" + room + "']}}").toString())
        .contains("elsewhere")
        .doesNotContain("in the hall");
  }

  @Test
  void filter_stored_worksByItsId() {
    String id =
        bob.client()
            .post(
                "/user/" + bob.id() + "/filter",
                "{'room':{'timeline':{'types':['org.test.wanted']}}}")
            .ok()
            .path("filter_id")
            .asText();
    alice.say(room, "unwanted");
    alice.send(room, "org.test.wanted", "{}");

    assertThat(types(joined(bob.sync("&filter=" + id), room))).containsExactly("org.test.wanted");
  }

  @Test
  void lazyMembers_areThoseWhoSpeak() {
    Follower carol = person("carol");
    carol.join(room);
    alice.setState(room, "m.room.name", "{'name':'Hall'}");
    for (int i = 0; i < 10; i++) {
      alice.say(room, "m" + i);
    }

    JsonNode hall =
        joined(bob.anew().filtered("{'room':{'state':{'lazy_load_members':true}}}"), room);

    assertThat(state(hall))
        .contains("m.room.create|", "m.room.member|" + alice.id(), "m.room.member|" + bob.id())
        .doesNotContain("m.room.member|" + carol.id());
  }

  @Test
  void gap_bringsWhatRelatesToEvents_noGapDoesNot() {
    String event = alice.say(room, "typo");
    alice.send(
        room,
        "m.room.message",
        "{'body':'* fixed','msgtype':'m.text','m.new_content':{'body':'fixed','msgtype':'m.text'},"
            + "'m.relates_to':{'rel_type':'m.replace','event_id':'"
            + event
            + "'}}");

    JsonNode whole = joined(bob.fork().sync(), room);
    assertThat(whole.toString()).doesNotContain("m.relations");
    for (Follower late : List.of(bob.fork(), bob.anew())) {
      JsonNode gap = joined(late.filtered("{'room':{'timeline':{'limit':2}}}"), room);
      if (gap.at("/timeline/limited").asBoolean()) {
        assertThat(gap.at("/timeline/events/0/unsigned").toString()).contains("m.replace", "fixed");
      }
    }
    alice.say(room, "one more");
    JsonNode live =
        joined(bob.filtered("{'room':{'timeline':{'limit':2,'not_types':['x']}}}"), room);
    assertThat(live.at("/timeline/limited").asBoolean()).isTrue();
  }

  private JsonNode filtered(String timeline) {
    return joined(bob.fork().filtered("{'room':{'timeline':" + timeline + "}}"), room);
  }
}
