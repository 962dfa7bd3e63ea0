package dev.stele.server.history;

import static dev.stele.server.history.Person.bodies;
import static dev.stele.server.history.Person.encode;
import static dev.stele.server.history.Person.filter;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ContextTest extends InThePast {
  @Test
  void context_ofAnEvent_isBothSidesOfIt() {
    String room = alice.publicRoom("shared");
    List<String> ids = new ArrayList<>();
    for (int i = 0; i < 9; i++) {
      ids.add(alice.say(room, "m" + i));
    }
    alice.setState(room, "m.room.topic", "{'topic':'later'}");

    JsonNode context = alice.in(room, "/context/" + encode(ids.get(4)) + "?limit=4").ok();

    assertThat(bodies(context.path("events_before"))).containsExactly("m3", "m2");
    assertThat(context.path("event").path("event_id").asText()).isEqualTo(ids.get(4));
    assertThat(bodies(context.path("events_after"))).containsExactly("m5", "m6");
    assertThat(context.path("state").toString()).contains("m.room.create").doesNotContain("later");
    String start = context.path("start").asText();
    String end = context.path("end").asText();
    assertThat(bodies(alice.in(room, "/messages?dir=b&limit=2&from=" + start).ok().path("chunk")))
        .containsExactly("m1", "m0");
    assertThat(bodies(alice.in(room, "/messages?dir=f&limit=2&from=" + end).ok().path("chunk")))
        .containsExactly("m7", "m8");
  }

  @Test
  void context_limitZero_isTheEventAlone() {
    String room = alice.publicRoom("shared");
    alice.say(room, "before");
    String event = alice.say(room, "this");
    alice.say(room, "after");

    JsonNode context = alice.in(room, "/context/" + encode(event) + "?limit=0").ok();

    assertThat(context.path("events_before")).isEmpty();
    assertThat(context.path("events_after")).isEmpty();
    assertThat(
            bodies(
                alice
                    .in(room, "/messages?dir=f&from=" + context.path("end").asText())
                    .ok()
                    .path("chunk")))
        .containsExactly("after");
  }

  @Test
  void context_withAFilter_filtersWhatIsAroundAndTheState() {
    String room = alice.publicRoom("shared");
    bob.join(room);
    alice.say(room, "hers");
    String event = bob.say(room, "this");
    bob.say(room, "his");
    alice.say(room, "hers too");

    JsonNode context =
        alice
            .in(
                room,
                "/context/"
                    + encode(event)
                    + "?"
                    + filter("{'not_senders':['@bob:test'],'types':['m.room.message']}"))
            .ok();

    assertThat(bodies(context.path("events_before"))).containsExactly("hers");
    assertThat(context.path("event").path("sender").asText()).isEqualTo("@bob:test");
    assertThat(bodies(context.path("events_after"))).containsExactly("hers too");
    assertThat(context.path("state")).isEmpty();
  }

  @Test
  void context_lazyMembers_areTheSenders() {
    String room = alice.publicRoom("shared");
    bob.join(room);
    String event = bob.say(room, "this");

    JsonNode state =
        alice
            .in(
                room,
                "/context/" + encode(event) + "?limit=0&" + filter("{'lazy_load_members':true}"))
            .ok()
            .path("state");

    List<String> members = new ArrayList<>();
    for (JsonNode row : state) {
      if (row.path("type").asText().equals("m.room.member")) {
        members.add(row.path("state_key").asText());
      }
    }
    assertThat(members).containsExactly("@bob:test");
    assertThat(state.toString()).contains("m.room.create");
  }

  @ParameterizedTest
  @CsvSource({
    "limit=-1, 400 M_INVALID_PARAM",
    "limit=x, 400 M_INVALID_PARAM",
    "filter=%7B, 400 M_NOT_JSON",
    "filter=%7B%7D%7B, 400 M_NOT_JSON",
    "filter=1, 400 M_BAD_JSON"
  })
  void context_badQuery_isRefused(String query, String error) {
    String room = alice.publicRoom("shared");
    String event = alice.say(room, "this");

    assertThat(alice.in(room, "/context/" + encode(event) + "?" + query).error()).isEqualTo(error);
  }

  @Test
  void context_ofWhatCannotBeSeen_isNotFound() {
    String room = alice.publicRoom("joined");
    String before = alice.say(room, "before");
    String elsewhere = alice.say(alice.publicRoom("shared"), "elsewhere");
    bob.join(room);

    assertThat(bob.in(room, "/context/" + encode(before)).error()).isEqualTo("404 M_NOT_FOUND");
    assertThat(alice.in(room, "/context/" + encode(elsewhere)).error())
        .isEqualTo("404 M_NOT_FOUND");
    assertThat(alice.in(room, "/context/$nothing:test").error()).isEqualTo("404 M_NOT_FOUND");
    assertThat(alice.in(room, "/context/nothing").error()).isEqualTo("400 M_INVALID_PARAM");
    assertThat(alice.get("/rooms/nowhere/context/" + encode(before)).error())
        .isEqualTo("400 M_INVALID_PARAM");
    String odd = encode("$a/b?ü😀" + "x".repeat(200));
    assertThat(alice.in(room, "/context/" + odd).error()).startsWith("40");
  }

  @Test
  void context_atTheEdgeOfVisibility_stopsThere() {
    String room = alice.publicRoom("joined");
    alice.say(room, "hidden early");
    bob.join(room);
    String event = alice.say(room, "this");
    bob.leave(room);
    alice.say(room, "hidden late");
    alice.setState(room, "m.room.name", "{'name':'secret'}");

    JsonNode context = bob.in(room, "/context/" + encode(event) + "?limit=50").ok();

    assertThat(context.toString()).doesNotContain("hidden").doesNotContain("secret");
    assertThat(bodies(context.path("events_before"))).isEmpty();
    assertThat(bodies(context.path("events_after"))).isEmpty();
  }

  @Test
  void members_beforeTheirTime_areNotToldTo() {
    String room = alice.publicRoom("joined");
    Person carol = Person.of(server, "carol");
    carol.join(room);
    String early = alice.now(room);
    carol.leave(room);
    bob.join(room);
    String now = bob.now(room);

    assertThat(bob.in(room, "/members?at=" + early).error()).isEqualTo("403 M_FORBIDDEN");
    assertThat(bob.in(room, "/members?at=" + now).ok().path("chunk")).hasSize(3);
    assertThat(alice.in(room, "/members?at=" + early).ok().path("chunk")).hasSize(2);
    String joinedAt = bob.in(room, "/messages?dir=f&limit=1").ok().path("start").asText();
    assertThat(bob.in(room, "/members?at=" + joinedAt).status()).isEqualTo(200);
  }

  @Test
  void timestamp_ofATime_isTheClosestInThatDirection() {
    String room = alice.publicRoom("shared");
    List<JsonNode> said = new ArrayList<>();
    for (int i = 0; i < 3; i++) {
      String id = alice.say(room, "m" + i);
      said.add(alice.in(room, "/event/" + encode(id)).ok());
    }
    long first = said.get(0).path("origin_server_ts").asLong();
    long last = said.get(2).path("origin_server_ts").asLong();

    assertThat(closest(room, alice, last, "b").path("event_id").asText())
        .isEqualTo(said.get(2).path("event_id").asText());
    assertThat(closest(room, alice, first, "f").path("origin_server_ts").asLong()).isEqualTo(first);
    assertThat(closest(room, alice, 0, "f").path("event_id").asText())
        .isEqualTo(firstEvent(room, alice));
    assertThat(closest(room, alice, Long.MAX_VALUE, "b").path("event_id").asText())
        .isEqualTo(said.get(2).path("event_id").asText());
    assertThat(alice.v1(room, "/timestamp_to_event?dir=f&ts=" + (last + 1_000_000)).error())
        .isEqualTo("404 M_NOT_FOUND");
    assertThat(alice.v1(room, "/timestamp_to_event?dir=b&ts=0").error())
        .isEqualTo("404 M_NOT_FOUND");
    assertThat(alice.v1(room, "/timestamp_to_event?dir=b&ts=-5").error())
        .isEqualTo("404 M_NOT_FOUND");
  }

  @ParameterizedTest
  @CsvSource({
    "dir=b, 400 M_MISSING_PARAM",
    "ts=1, 400 M_MISSING_PARAM",
    "ts=now&dir=b, 400 M_INVALID_PARAM",
    "ts=1&dir=up, 400 M_INVALID_PARAM",
    "ts=99999999999999999999&dir=b, 400 M_INVALID_PARAM"
  })
  void timestamp_badQuery_isRefused(String query, String error) {
    String room = alice.publicRoom("shared");

    assertThat(alice.v1(room, "/timestamp_to_event?" + query).error()).isEqualTo(error);
  }

  @Test
  void timestamp_isOfVisibleEventsOnly() {
    String room = alice.publicRoom("joined");
    for (int i = 0; i < 210; i++) {
      alice.say(room, "m" + i);
    }
    assertThat(bob.v1(room, "/timestamp_to_event?dir=f&ts=0").error()).isEqualTo("403 M_FORBIDDEN");
    bob.join(room);
    long joined =
        bob.in(room, "/state/m.room.member/@bob:test?format=event")
            .ok()
            .path("origin_server_ts")
            .asLong();
    bob.leave(room);
    String left =
        bob.in(room, "/state/m.room.member/@bob:test?format=event").ok().path("event_id").asText();
    alice.say(room, "after");

    assertThat(closest(room, bob, joined - 1, "f").path("origin_server_ts").asLong())
        .isGreaterThanOrEqualTo(joined);
    assertThat(closest(room, bob, Long.MAX_VALUE, "b").path("event_id").asText()).isEqualTo(left);
  }

  private static JsonNode closest(String room, Person who, long ts, String direction) {
    return who.v1(room, "/timestamp_to_event?ts=" + ts + "&dir=" + direction).ok();
  }

  private static String firstEvent(String room, Person who) {
    return who.in(room, "/messages?dir=f&limit=1")
        .ok()
        .path("chunk")
        .path(0)
        .path("event_id")
        .asText();
  }
}
