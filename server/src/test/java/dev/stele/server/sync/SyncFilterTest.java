package dev.stele.server.sync;

import static dev.stele.server.sync.Follower.ids;
import static dev.stele.server.sync.Follower.in;
import static dev.stele.server.sync.Follower.joined;
import static dev.stele.server.sync.Follower.types;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.stele.server.testing.TestServer;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What filters leave of an answer, and in which form. */
final class SyncFilterTest extends Meeting {
  @Test
  void eventFields_areAllThatIsThere() {
    alice.say(room, "one");

    JsonNode event =
        joined(bob.filtered("{'event_fields':['content.body','type']}"), room)
            .at("/timeline/events/0");

    assertThat(event.toString())
        .isEqualTo("{\"content\":{\"body\":\"one\"},\"type\":\"m.room.message\"}");
  }

  @Test
  void eventFields_escaped_nameOneProperty() {
    alice.send(room, "org.test", "{'a.b':{'c':1},'a':{'b':2}}");

    JsonNode event =
        joined(bob.filtered("{'event_fields':['content.a\\\\.b.c']}"), room)
            .at("/timeline/events/0");

    assertThat(event.toString()).isEqualTo("{\"content\":{\"a.b\":{\"c\":1}}}");
  }

  @Test
  void federationFormat_isTheEventAsSigned() {
    String id = alice.say(room, "one");

    JsonNode event =
        joined(bob.filtered("{'event_format':'federation'}"), room).at("/timeline/events/0");

    assertThat(event.path("event_id").asText()).isEqualTo(id);
    assertThat(event.has("signatures")).isTrue();
    assertThat(event.has("prev_events")).isTrue();
    assertThat(event.at("/content/body").asText()).isEqualTo("one");
  }

  @Test
  void containsUrl_looksIntoTheContent() {
    String with = alice.send(room, "m.room.message", "{'body':'a','url':'mxc://x/y'}");
    String without = alice.say(room, "b");
    String yes = "{'room':{'timeline':{'contains_url':true}}}";
    String no = "{'room':{'timeline':{'contains_url':false}}}";

    assertThat(ids(joined(bob.fork().filtered(yes), room))).containsExactly(with);
    assertThat(ids(joined(bob.fork().filtered(no), room))).containsExactly(without);
    server.restart();
    assertThat(ids(joined(bob.fork().filtered(yes), room))).containsExactly(with);
    assertThat(ids(joined(bob.fork().filtered(no), room))).containsExactly(without);
  }

  @Test
  void rareEvents_areFoundBehindManyOthers_orPagingGoesOn() {
    String rare = alice.send(room, "org.test.rare", "{}");
    for (int i = 0; i < 120; i++) {
      alice.say(room, "m" + i);
    }

    JsonNode hall = joined(bob.anew().filtered("{'room':{'timeline':{'types':['org.*']}}}"), room);

    assertThat(ids(hall)).containsExactly(rare);
    assertThat(hall.at("/timeline/prev_batch").asText()).isNotEmpty();
  }

  @Test
  void limitZero_isNoTimeline_butAPlaceToPageFrom() {
    alice.say(room, "one");
    String filter = "{'room':{'timeline':{'limit':0}}}";
    JsonNode live = joined(bob.fork().filtered(filter), room);
    JsonNode initial = joined(bob.anew().filtered(filter), room);

    for (JsonNode hall : List.of(live, initial)) {
      assertThat(types(hall)).isEmpty();
      assertThat(hall.at("/timeline/limited").asBoolean()).isTrue();
      String from = hall.at("/timeline/prev_batch").asText();
      assertThat(
              bob.client().get(in(room) + "/messages?dir=b&limit=1&from=" + from).ok().toString())
          .contains("one");
    }
  }

  @Test
  void ephemeralAndAccountData_areFilteredByTypeAndRoom() {
    String event = alice.say(room, "one");
    bob.sync();
    alice.receipt(room, "m.read", event);
    alice.type(room);
    bob.client().put("/user/" + bob.id() + in(room) + "/account_data/org.test", "{'a':1}").ok();
    bob.client().put("/user/" + bob.id() + "/account_data/org.test.global", "{'a':1}").ok();

    JsonNode typing =
        bob.fork()
            .filtered(
                "{'room':{'ephemeral':{'types':['m.typing']},'account_data':{'not_types':['*']}},"
                    + "'account_data':{'types':['nothing']}}");
    assertThat(typing.toString()).contains("m.typing").doesNotContain("m.receipt", "org.test");
    JsonNode none =
        bob.fork()
            .filtered(
                "{'room':{'ephemeral':{'not_rooms':['"
                    + room
                    + "']},'account_data':{'rooms':[]}},'account_data':{'types':[]}}");
    assertThat(none.has("rooms")).isFalse();
    assertThat(none.has("account_data")).isFalse();
  }

  @Test
  void roomsAtBothLevels_bothCount() {
    String other = alice.createRoom("{'preset':'public_chat'}");
    bob.join(other);
    bob.sync();
    alice.say(room, "here");
    alice.say(other, "there");

    JsonNode answer =
        bob.fork()
            .filtered(
                "{'room':{'rooms':['"
                    + room
                    + "','"
                    + other
                    + "'],'timeline':{'not_rooms':['"
                    + other
                    + "']}}}");

    assertThat(answer.toString()).contains("here").doesNotContain("there");
  }

  @Test
  void receipts_ofSeveralThreadsAtOneEvent_areAllTold() {
    String event = alice.say(room, "root");
    bob.sync();
    String path = in(room) + "/receipt/m.read/" + event;
    alice.client().post(path, "{}").ok();
    alice.client().post(path, "{'thread_id':'main'}").ok();

    assertThat(joined(bob.sync(), room).at("/ephemeral/events").toString())
        .contains("thread_id")
        .containsPattern("ts\":[0-9]+}");
    assertThat(joined(bob.anew().sync(), room).at("/ephemeral/events")).hasSize(2);
  }

  @Test
  void accountData_emptied_isToldEmpty() {
    String path = "/user/" + bob.id() + "/account_data/org.test";
    bob.client().put(path, "{'a':1}").ok();
    bob.sync();
    bob.client().put(path, "{}").ok();

    assertThat(bob.sync().at("/account_data/events").toString())
        .isEqualTo("[{\"type\":\"org.test\",\"content\":{}}]");
  }

  @Test
  void fallbackKeys_areAlwaysSpokenOf() {
    assertThat(bob.sync().path("device_unused_fallback_key_types").isArray()).isTrue();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{'room':{'timeline':{'types':'m.room.message'}}}",
        "{'room':{'timeline':{'limit':-1}}}",
        "{'room':{'timeline':{'limit':'ten'}}}",
        "{'room':{'state':{'senders':['nobody']}}}",
        "{'room':{'ephemeral':{'not_rooms':[1]}}}",
        "{'room':{'account_data':{'contains_url':'yes'}}}",
        "{'room':{'rooms':{}}}",
        "{'event_format':'yaml'}",
        "{'event_fields':'content'}",
        "{'presence':[]}",
        "{'account_data':{'types':{}}}"
      })
  void oddFilters_areRefused(String filter) {
    String encoded = TestServer.Client.encode(filter.replace('\'', '"'));
    assertThat(bob.client().get("/sync?filter=" + encoded).error())
        .isEqualTo("400 M_INVALID_PARAM");
  }
}
