package dev.stele.server.history;

import static dev.stele.server.history.Person.ids;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The threads of a room: {@code /threads}. */
final class ThreadsTest extends InRelations {
  @Test
  void threads_areOrderedByTheirLatestReply() {
    String room = room();
    String one = alice.say(room, "one");
    String two = bob.say(room, "two");
    String three = bob.say(room, "three");
    alice.relate(room, "m.thread", two, "a");
    bob.relate(room, "m.thread", three, "b");
    bob.relate(room, "m.thread", one, "c");
    bob.relate(room, "m.thread", two, "d");

    JsonNode first = alice.v1(room, "/threads?limit=2").ok();
    JsonNode second =
        alice.v1(room, "/threads?limit=2&from=" + first.path("next_batch").asText()).ok();

    assertThat(ids(first.path("chunk"))).containsExactly(two, one);
    assertThat(ids(second.path("chunk"))).containsExactly(three);
    assertThat(second.has("next_batch")).isFalse();
    assertThat(first.at("/chunk/0/unsigned/m.relations/m.thread/count").asInt()).isEqualTo(2);
    assertThat(ids(alice.v1(room, "/threads?include=participated").ok().path("chunk")))
        .containsExactly(two, one);
  }

  @Test
  void threads_begunByAnIgnoredUser_haveNoContent() {
    String room = room();
    Person erin = person("erin");
    erin.join(room);
    erin.ignore(bob);
    String root = bob.say(room, "his words");
    alice.relate(room, "m.thread", root, "hers");

    JsonNode threads = erin.v1(room, "/threads").ok();

    assertThat(ids(threads.path("chunk"))).containsExactly(root);
    assertThat(threads.toString()).contains("hers").doesNotContain("his words");
  }

  @ParameterizedTest
  @CsvSource({
    "limit=0, 400 M_INVALID_PARAM",
    "limit=-1, 400 M_INVALID_PARAM",
    "from=x, 400 M_INVALID_PARAM",
    "include=some, 400 M_INVALID_PARAM"
  })
  void threads_badQuery_isRefused(String query, String error) {
    assertThat(alice.v1(room(), "/threads?" + query).error()).isEqualTo(error);
  }

  @Test
  void threads_forOutsiders_areForbidden() {
    String room = alice.createRoom("{'invite':['" + bob.id() + "']}");

    assertThat(bob.v1(room, "/threads").error()).isEqualTo("403 M_FORBIDDEN");
    assertThat(bob.v1("!nowhere:test", "/threads").error()).isEqualTo("403 M_FORBIDDEN");
  }
}
