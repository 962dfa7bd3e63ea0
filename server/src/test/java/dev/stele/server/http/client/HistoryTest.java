package dev.stele.server.http.client;

import static dev.stele.server.http.client.TestUser.encode;
import static dev.stele.server.http.client.TestUser.room;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class HistoryTest extends InRooms {
  @ParameterizedTest
  @CsvSource({"b, 1", "b, 7", "f, 1", "f, 7", "f, 100"})
  void messages_pageByPage_isEverythingOnceInOrder(String direction, int limit) {
    String room = alice.createRoom("{}");
    List<String> said = IntStream.range(0, 15).mapToObj(i -> "m" + i).toList();
    said.forEach(text -> alice.say(room, text));

    List<String> read = readAll(alice, room, "dir=" + direction + "&limit=" + limit);

    List<String> expected = new ArrayList<>(said);
    if (direction.equals("b")) {
      Collections.reverse(expected);
    }
    assertThat(read).isEqualTo(expected);
  }

  @Test
  void messages_startAndEnd_encloseTheChunk() {
    String room = alice.createRoom("{}");
    alice.say(room, "one");
    JsonNode first = alice.get(room(room) + "/messages?dir=b&limit=1").ok();
    alice.say(room, "two");

    String from = first.path("start").asText();
    String to = first.path("end").asText();
    JsonNode between = alice.get(room(room) + "/messages?dir=b&from=" + from + "&to=" + to).ok();
    JsonNode later = alice.get(room(room) + "/messages?dir=f&from=" + from).ok();

    assertThat(between.path("start").asText()).isEqualTo(from);
    assertThat(between.path("end").asText()).isEqualTo(to);
    assertThat(bodies(between)).containsExactly("one");
    assertThat(bodies(later)).containsExactly("two");
    assertThat(later.has("end")).as("there is no more").isFalse();
  }

  @Test
  void messages_streamToken_isAfterWhatWasThere() {
    String room = alice.createRoom("{}");
    alice.say(room, "before");
    String token = "s" + server.position() + "_99";
    alice.say(room, "after");

    assertThat(alice.get(room(room) + "/messages?dir=b&from=" + token).bodies())
        .containsExactly("before");
    assertThat(alice.get(room(room) + "/messages?dir=f&from=" + token).bodies())
        .containsExactly("after");
    assertThat(alice.get(room(room) + "/messages?dir=b&to=" + token).bodies())
        .containsExactly("after");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "| 400 M_MISSING_PARAM",
        "dir=x| 400 M_INVALID_PARAM",
        "dir=b&from=garbage| 400 M_INVALID_PARAM",
        "dir=b&to=t1| 400 M_INVALID_PARAM",
        "dir=b&limit=many| 400 M_INVALID_PARAM",
        "dir=b&limit=-1| 400 M_INVALID_PARAM",
        "dir=b&filter=%7B| 400 M_NOT_JSON",
        "dir=b&filter=%5B%5D| 400 M_BAD_JSON",
        "dir=b&filter=%7B%22types%22:1%7D| 400 M_BAD_JSON"
      })
  void messages_badQuery_isRefused(@Nullable String query, String error) {
    String room = alice.createRoom("{}");

    assertThat(alice.get(room(room) + "/messages?" + (query == null ? "" : query)).error())
        .isEqualTo(error);
  }

  @Test
  void messages_filter_leavesOut() {
    String room = alice.createRoom("{'preset':'public_chat'}");
    bob.join(room).ok();
    alice.say(room, "hers");
    bob.say(room, "his");
    for (int i = 0; i < 150; i++) {
      alice.put(room(room) + "/send/m.noise/" + i, "{}").ok();
    }
    alice.put(room(room) + "/send/m.room.message/u", "{'body':'file','url':'mxc://a/b'}").ok();

    assertThat(filtered(room, "{'types':['m.room.mess*'],'not_senders':['@alice:test']}"))
        .containsExactly("his");
    assertThat(filtered(room, "{'contains_url':true}")).containsExactly("file");
    assertThat(filtered(room, "{'contains_url':false,'types':['m.room.message']}"))
        .containsExactly("his", "hers");
    assertThat(filtered(room, "{'types':[]}")).isEmpty();
  }

  @Test
  void messages_ofARareType_areFoundAmongManyOthers() {
    String room = alice.createRoom("{}");
    alice.put(room(room) + "/send/m.rare/1", "{}").ok();
    for (int i = 0; i < 250; i++) {
      alice.put(room(room) + "/send/m.noise/" + i, "{}").ok();
    }
    alice.put(room(room) + "/send/m.rare/2", "{}").ok();

    JsonNode first = rare(room, "dir=b&limit=1");
    JsonNode second = rare(room, "dir=b&limit=1&from=" + first.path("end").asText());

    assertThat(first.path("chunk")).hasSize(1);
    assertThat(second.path("chunk")).hasSize(1);
    assertThat(second.path("chunk")).isNotEqualTo(first.path("chunk"));
    assertThat(second.has("end")).isFalse();
    assertThat(rare(room, "dir=f&limit=5").path("chunk")).hasSize(2);
  }

  private JsonNode rare(String room, String query) {
    String filter = encode("{\"types\":[\"m.rare\",\"m.none\"]}");
    return alice.get(room(room) + "/messages?" + query + "&filter=" + filter).ok();
  }

  @Test
  void messages_whoJoinedLater_reachTheEndOfWhatTheySee() {
    String room =
        alice.createRoom(
            "{'preset':'public_chat','initial_state':[{'type':'m.room.history_visibility',"
                + "'content':{'history_visibility':'joined'}}]}");
    for (int i = 0; i < 120; i++) {
      alice.say(room, "before");
    }
    bob.join(room).ok();
    alice.say(room, "after");

    assertThat(readAll(bob, room, "dir=b&limit=1")).containsExactly("after");
    assertThat(bob.get(room(room) + "/messages?dir=f&limit=20").bodies()).containsExactly("after");
  }

  @Test
  void messages_betweenEqualTokens_areNoneAndTheEnd() {
    String room = alice.createRoom("{}");
    alice.say(room, "one");
    String token = "s" + server.position();

    JsonNode page = alice.get(room(room) + "/messages?dir=b&from=" + token + "&to=" + token).ok();

    assertThat(page.path("chunk")).isEmpty();
    assertThat(page.has("end")).isFalse();
  }

  @Test
  void messages_redacted_haveNoUrlAnyMore() {
    String room = alice.createRoom("{}");
    String file =
        alice
            .put(room(room) + "/send/m.room.message/u", "{'body':'f','url':'mxc://a/b'}")
            .eventId();
    alice.put(room(room) + "/redact/" + encode(file) + "/r", "{}").ok();

    assertThat(filtered(room, "{'contains_url':true}")).isEmpty();
  }

  @Test
  void messages_lazyMembers_comeWithTheirMessages() {
    String room = alice.createRoom("{'preset':'public_chat'}");
    bob.join(room).ok();
    bob.say(room, "his");

    JsonNode page =
        alice
            .get(
                room(room)
                    + "/messages?dir=b&limit=1&filter="
                    + encode("{\"lazy_load_members\":true}"))
            .ok();

    assertThat(page.path("state")).hasSize(1);
    assertThat(page.path("state").path(0).path("state_key").asText()).isEqualTo("@bob:test");
  }

  @Test
  void messages_whoLeft_seeWhatWasBefore() {
    String room = alice.createRoom("{'preset':'public_chat'}");
    alice.say(room, "before");
    bob.join(room).ok();
    bob.leave(room).ok();
    String after = alice.say(room, "after");
    alice.setState(room, "m.room.topic", "{'topic':'new'}").ok();

    assertThat(bob.reads(room)).containsExactly("before");
    assertThat(readAll(bob, room, "dir=f&limit=3")).containsExactly("before");
    assertThat(bob.get(room(room) + "/messages?dir=b&from=s999999999").bodies())
        .containsExactly("before");
    assertThat(bob.get(room(room) + "/event/" + encode(after)).error())
        .isEqualTo("404 M_NOT_FOUND");
    assertThat(bob.get(room(room) + "/state/m.room.topic").error()).isEqualTo("404 M_NOT_FOUND");
    assertThat(bob.get(room(room) + "/state").ok().toString()).doesNotContain("m.room.topic");
    assertThat(bob.get(room(room) + "/members").ok().path("chunk")).hasSize(2);
    assertThat(bob.get(room(room) + "/joined_members").error()).isEqualTo("403 M_FORBIDDEN");
  }

  @Test
  void messages_whoIsBanned_seesWhatWasBefore() {
    String room = alice.createRoom("{'preset':'public_chat'}");
    bob.join(room).ok();
    alice.say(room, "before");
    alice.change(room, "ban", bob).ok();
    alice.say(room, "after");
    alice.change(room, "ban", server.user("mallory")).ok();

    assertThat(bob.reads(room)).containsExactly("before");
    assertThat(bob.get(room(room) + "/members").ok().toString()).doesNotContain("mallory");
  }

  @ParameterizedTest
  @ValueSource(strings = {"messages?dir=b", "state", "state/m.room.create", "members"})
  void reading_byOutsiders_isForbidden(String what) {
    String room = alice.createRoom("{'invite':['@bob:test']}");
    alice.say(room, "secret");
    TestUser banned = server.user("mallory");
    alice.change(room, "ban", banned).ok();

    assertThat(bob.get(room(room) + "/" + what).error()).as("invited").isEqualTo("403 M_FORBIDDEN");
    assertThat(banned.get(room(room) + "/" + what).error()).isEqualTo("403 M_FORBIDDEN");
    assertThat(server.user("carol").get(room(room) + "/" + what).error())
        .isEqualTo("403 M_FORBIDDEN");
    assertThat(alice.get("/rooms/!nowhere:test/" + what).error()).isEqualTo("403 M_FORBIDDEN");
  }

  @Test
  void reading_aWorldReadableRoom_isForEverybody() {
    String room =
        alice.createRoom(
            "{'initial_state':[{'type':'m.room.history_visibility',"
                + "'content':{'history_visibility':'world_readable'}}]}");
    String event = alice.say(room, "public");

    assertThat(bob.reads(room)).containsExactly("public");
    assertThat(bob.get(room(room) + "/event/" + encode(event)).status()).isEqualTo(200);
    assertThat(bob.get(room(room) + "/state/m.room.create").status()).isEqualTo(200);
    alice.setState(room, "m.room.history_visibility", "{'history_visibility':'joined'}").ok();
    assertThat(bob.get(room(room) + "/messages?dir=b").error()).isEqualTo("403 M_FORBIDDEN");
  }

  @Test
  void reading_joinedVisibility_hidesWhatWasBefore() {
    String room =
        alice.createRoom(
            "{'preset':'public_chat','initial_state':[{'type':'m.room.history_visibility',"
                + "'content':{'history_visibility':'joined'}}]}");
    String before = alice.say(room, "before");
    bob.join(room).ok();
    alice.say(room, "after");

    assertThat(bob.reads(room)).containsExactly("after");
    assertThat(bob.get(room(room) + "/event/" + encode(before)).error())
        .isEqualTo("404 M_NOT_FOUND");
  }

  @Test
  void event_ofAnotherRoom_isNotFound() {
    String room = alice.createRoom("{}");
    String elsewhere = alice.say(alice.createRoom("{}"), "elsewhere");

    assertThat(alice.get(room(room) + "/event/" + encode(elsewhere)).error())
        .isEqualTo("404 M_NOT_FOUND");
    assertThat(alice.get(room(room) + "/event/nothing").error()).isEqualTo("400 M_INVALID_PARAM");
  }

  @Test
  void members_atAPlace_areThoseOfThatTime() {
    String room = alice.createRoom("{'preset':'public_chat'}");
    String token = "s" + server.position() + "_0";
    bob.join(room).ok();

    assertThat(alice.get(room(room) + "/members").ok().path("chunk")).hasSize(2);
    assertThat(alice.get(room(room) + "/members?at=" + token).ok().path("chunk")).hasSize(1);
    bob.leave(room).ok();
    assertThat(alice.get(room(room) + "/members?membership=join").ok().path("chunk")).hasSize(1);
    assertThat(alice.get(room(room) + "/members?not_membership=join").ok().path("chunk"))
        .hasSize(1);
    assertThat(alice.get(room(room) + "/members?membership=away").error())
        .isEqualTo("400 M_INVALID_PARAM");
    assertThat(alice.get(room(room) + "/members?at=then").error()).isEqualTo("400 M_INVALID_PARAM");
  }

  @Test
  void joinedMembers_areNamed() {
    String room = alice.createRoom("{}");

    assertThat(alice.get(room(room) + "/joined_members").ok().toString())
        .isEqualTo("{\"joined\":{\"@alice:test\":{\"display_name\":\"alice\"}}}");
  }

  private static List<String> readAll(TestUser who, String room, String query) {
    List<String> read = new ArrayList<>();
    String from = "";
    while (true) {
      JsonNode page = who.get(room(room) + "/messages?" + query + from).ok();
      read.addAll(bodies(page));
      if (!page.has("end")) {
        return read;
      }
      from = "&from=" + page.path("end").asText();
    }
  }

  private List<String> filtered(String room, String filter) {
    return readAll(alice, room, "dir=b&limit=2&filter=" + encode(filter.replace('\'', '"')));
  }

  private static List<String> bodies(JsonNode page) {
    return new TestUser.Answer(200, page).bodies();
  }
}
