package dev.stele.server.history;

import static dev.stele.server.history.Person.bodies;
import static dev.stele.server.history.Person.encode;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.stele.server.testing.TestServer.Answer;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class PreviewTest extends InThePast {
  @Test
  void roomInitialSync_ofAWorldReadableRoom_isForEverybody() {
    String room = alice.publicRoom("world_readable");
    for (int i = 0; i < 12; i++) {
      alice.say(room, "m" + i);
    }

    JsonNode peeked = bob.in(room, "/initialSync?limit=2").ok();

    assertThat(peeked.path("room_id").asText()).isEqualTo(room);
    assertThat(peeked.has("membership")).isFalse();
    assertThat(bodies(peeked.at("/messages/chunk"))).containsExactly("m10", "m11");
    assertThat(peeked.path("state").toString()).contains("m.room.create").contains("@alice:test");
    assertThat(peeked.path("visibility").asText()).isEqualTo("private");
    String earlier = peeked.at("/messages/start").asText();
    assertThat(bodies(bob.in(room, "/messages?dir=b&limit=1&from=" + earlier).ok().path("chunk")))
        .containsExactly("m9");
  }

  @Test
  void events_ofAPeekedRoom_comeAsTheyHappen() throws Exception {
    String room = alice.publicRoom("world_readable");
    alice.say(room, "before");
    String end = bob.in(room, "/initialSync").ok().at("/messages/end").asText();

    CompletableFuture<Answer> waiting = bob.client().getLater(events(room, end, 20_000));
    alice.say(alice.publicRoom("world_readable"), "elsewhere");
    alice.say(room, "news");
    JsonNode news = waiting.get().ok();

    assertThat(news.path("start").asText()).isEqualTo(end);
    assertThat(bodies(news.path("chunk"))).containsExactly("news");
    assertThat(news.at("/chunk/0/room_id").asText()).isEqualTo(room);
    String next = news.path("end").asText();
    assertThat(bob.get(events(room, next, 1)).ok().path("chunk")).isEmpty();
    alice.say(room, "more");
    assertThat(bodies(bob.get(events(room, next, 20_000)).ok().path("chunk")))
        .containsExactly("more");
  }

  @Test
  void events_afterTheRoomWasClosed_areNotTold() {
    String room = alice.publicRoom("world_readable");
    String end = bob.in(room, "/initialSync").ok().at("/messages/end").asText();
    alice.setState(room, "m.room.history_visibility", "{'history_visibility':'joined'}");
    alice.say(room, "secret");

    assertThat(bob.get(events(room, end, 0)).error()).isEqualTo("403 M_FORBIDDEN");
    assertThat(bob.in(room, "/initialSync").error()).isEqualTo("403 M_FORBIDDEN");
  }

  @ParameterizedTest
  @ValueSource(strings = {"shared", "invited", "joined"})
  void peeking_intoARoomThatIsNotOpen_isForbidden(String visibility) {
    String room = alice.publicRoom(visibility);
    alice.change(room, "invite", bob);

    assertThat(bob.in(room, "/initialSync").error()).isEqualTo("403 M_FORBIDDEN");
    assertThat(bob.get(events(room, "s0", 0)).error()).isEqualTo("403 M_FORBIDDEN");
    assertThat(bob.in("!nowhere:test", "/initialSync").error()).isEqualTo("403 M_FORBIDDEN");
  }

  @Test
  void roomInitialSync_forWhoeverLeft_isAsOfThen() {
    String room = alice.publicRoom("shared");
    bob.join(room);
    alice.say(room, "before");
    bob.leave(room);
    alice.say(room, "after");
    alice.setState(room, "m.room.name", "{'name':'later'}");

    JsonNode left = bob.in(room, "/initialSync").ok();

    assertThat(left.path("membership").asText()).isEqualTo("leave");
    assertThat(bodies(left.at("/messages/chunk"))).containsExactly("before");
    assertThat(left.path("state").toString()).doesNotContain("later");
  }

  @Test
  void initialSync_hasEveryRoom() {
    Person carol = Person.of(server, "carol");
    String own = carol.createRoom("{}");
    carol.say(own, "hers");
    String left = alice.publicRoom("shared");
    carol.join(left);
    carol.leave(left);
    String invited = alice.createRoom("{'invite':['" + carol.id() + "']}");
    carol.client().put("/user/" + carol.id() + "/account_data/m.test", "{'a':1}").ok();
    carol
        .client()
        .put("/user/" + carol.id() + "/rooms/" + encode(own) + "/account_data/m.test", "{'b':2}")
        .ok();

    JsonNode now = carol.get("/initialSync?limit=1").ok();
    JsonNode archived = carol.get("/initialSync?archived=true").ok();

    assertThat(rooms(now)).containsExactlyInAnyOrder(own + " join", invited + " invite");
    assertThat(rooms(archived))
        .containsExactlyInAnyOrder(own + " join", invited + " invite", left + " leave");
    assertThat(now.path("presence")).isEmpty();
    assertThat(now.path("account_data").toString())
        .contains("{\"a\":1}")
        .doesNotContain("{\"b\":2}");
    assertThat(now.path("rooms").toString()).contains("{\"b\":2}").contains("hers");
    carol.say(own, "news");
    assertThat(
            bodies(
                carol
                    .get("/events?timeout=20000&from=" + now.path("end").asText())
                    .ok()
                    .path("chunk")))
        .containsExactly("news");
  }

  private static List<String> rooms(JsonNode sync) {
    List<String> rooms = new ArrayList<>();
    for (JsonNode room : sync.path("rooms")) {
      rooms.add(room.path("room_id").asText() + " " + room.path("membership").asText());
    }
    return rooms;
  }

  @Test
  void event_byItsIdAlone_isForThoseWhoMaySeeIt() {
    String room = alice.publicRoom("shared");
    String event = alice.say(room, "hers");

    assertThat(alice.get("/events/" + encode(event)).ok().path("room_id").asText()).isEqualTo(room);
    assertThat(bob.get("/events/" + encode(event)).error()).isEqualTo("404 M_NOT_FOUND");
    assertThat(alice.get("/events/$none:test").error()).isEqualTo("404 M_NOT_FOUND");
    assertThat(alice.get("/events/none").error()).isEqualTo("400 M_INVALID_PARAM");
  }

  @ParameterizedTest
  @CsvSource({
    "/events?from=x, 400 M_INVALID_PARAM",
    "/events?timeout=-1, 400 M_INVALID_PARAM",
    "/events?timeout=x, 400 M_INVALID_PARAM",
    "/events?room_id=x, 400 M_INVALID_PARAM",
    "/initialSync?limit=-1, 400 M_INVALID_PARAM",
    "/initialSync?archived=x, 400 M_INVALID_PARAM"
  })
  void previews_badQuery_isRefused(String path, String error) {
    assertThat(alice.get(path).error()).isEqualTo(error);
  }

  private static String events(String room, String from, int timeout) {
    return "/events?room_id=" + encode(room) + "&from=" + from + "&timeout=" + timeout;
  }
}
