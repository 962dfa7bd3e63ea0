package dev.stele.server.history;

import static dev.stele.server.history.Person.bodies;
import static dev.stele.server.history.Person.encode;
import static dev.stele.server.history.Person.ids;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What relates to an event, page by page: {@code /relations}. */
final class RelationsTest extends InRelations {
  @ParameterizedTest
  @CsvSource({"b, 1", "b, 3", "f, 2", "f, 50"})
  void relations_pageByPage_areAllOnceInOrder(String direction, int limit) {
    String room = room();
    String parent = alice.say(room, "parent");
    List<String> children = new ArrayList<>();
    for (int i = 0; i < 7; i++) {
      children.add(bob.relate(room, "m.thread", parent, "r" + i));
      alice.say(room, "between");
    }

    List<String> read = new ArrayList<>();
    String from = "";
    boolean first = true;
    while (from != null) {
      JsonNode page =
          relations(alice, room, parent, "?dir=" + direction + "&limit=" + limit + from);
      read.addAll(ids(page.path("chunk")));
      assertThat(page.has("prev_batch")).isNotEqualTo(first);
      assertThat(page.has("recursion_depth")).isFalse();
      first = false;
      from = page.has("next_batch") ? "&from=" + page.path("next_batch").asText() : null;
    }

    if (direction.equals("b")) {
      Collections.reverse(children);
    }
    assertThat(read).isEqualTo(children);
  }

  @Test
  void relations_byTypes_areThoseOnly() {
    String room = room();
    String parent = alice.say(room, "parent");
    String reply = bob.relate(room, "m.thread", parent, "reply");
    String reaction = bob.react(room, parent, "👍");
    String odd = bob.relate(room, "org.example/odd rel", parent, "odd");

    assertThat(ids(relations(alice, room, parent, "").path("chunk")))
        .containsExactly(odd, reaction, reply);
    assertThat(ids(relations(alice, room, parent, "/m.thread").path("chunk")))
        .containsExactly(reply);
    assertThat(ids(relations(alice, room, parent, "/m.annotation/m.reaction").path("chunk")))
        .containsExactly(reaction);
    assertThat(ids(relations(alice, room, parent, "/m.thread/m.reaction").path("chunk"))).isEmpty();
    assertThat(
            ids(relations(alice, room, parent, "/" + encode("org.example/odd rel")).path("chunk")))
        .containsExactly(odd);
  }

  @Test
  void relations_betweenTokens_areThoseBetween() {
    String room = room();
    String parent = alice.say(room, "parent");
    bob.relate(room, "m.thread", parent, "early");
    String middle = alice.now(room);
    bob.relate(room, "m.thread", parent, "late");

    assertThat(bodies(relations(alice, room, parent, "?from=" + middle).path("chunk")))
        .containsExactly("early");
    assertThat(bodies(relations(alice, room, parent, "?to=" + middle).path("chunk")))
        .containsExactly("late");
    assertThat(bodies(relations(alice, room, parent, "?dir=f&from=" + middle).path("chunk")))
        .containsExactly("late");
  }

  @Test
  void relations_recursing_includeRelationsOfRelations() {
    String room = room();
    String root = alice.say(room, "root");
    String reply = bob.relate(room, "m.thread", root, "reply");
    String reaction = alice.react(room, reply, "x");
    String onReaction = bob.relate(room, "m.reference", reaction, "far");
    bob.relate(room, "m.reference", onReaction, "too far");

    JsonNode all = relations(alice, room, root, "?recurse=true");
    JsonNode threads = relations(alice, room, root, "/m.thread?recurse=true");
    JsonNode direct = relations(alice, room, root, "?recurse=false");

    assertThat(ids(all.path("chunk"))).containsExactly(onReaction, reaction, reply);
    assertThat(all.path("recursion_depth").asInt()).isEqualTo(3);
    assertThat(ids(threads.path("chunk"))).containsExactly(reply);
    assertThat(ids(direct.path("chunk"))).containsExactly(reply);
    assertThat(direct.path("recursion_depth").asInt()).isEqualTo(1);
  }

  @ParameterizedTest
  @CsvSource({
    "?dir=up, 400 M_INVALID_PARAM",
    "?from=x, 400 M_INVALID_PARAM",
    "?to=x, 400 M_INVALID_PARAM",
    "?limit=-1, 400 M_INVALID_PARAM",
    "?limit=x, 400 M_INVALID_PARAM",
    "?recurse=maybe, 400 M_INVALID_PARAM"
  })
  void relations_badQuery_isRefused(String query, String error) {
    String room = room();
    String parent = alice.say(room, "parent");

    assertThat(alice.v1(room, "/relations/" + encode(parent) + query).error()).isEqualTo(error);
  }

  @Test
  void relations_ofWhatCannotBeSeen_areNotFound() {
    String room = alice.publicRoom("joined");
    String parent = alice.say(room, "parent");
    alice.relate(room, "m.thread", parent, "reply");
    bob.join(room);
    String elsewhere = alice.say(room(), "elsewhere");

    assertThat(bob.v1(room, "/relations/" + encode(parent)).error()).isEqualTo("404 M_NOT_FOUND");
    assertThat(bob.v1(room, "/relations/" + encode(elsewhere)).error())
        .isEqualTo("404 M_NOT_FOUND");
    assertThat(bob.v1(room, "/relations/$none:test/m.thread").error()).isEqualTo("404 M_NOT_FOUND");
    assertThat(bob.v1(room, "/relations/none").error()).isEqualTo("400 M_INVALID_PARAM");
  }

  @Test
  void relations_fromAnotherRoom_doNotCount() {
    String room = room();
    String parent = alice.say(room, "parent");
    alice.relate(room(), "m.thread", parent, "stray");

    assertThat(relations(alice, room, parent, "").path("chunk")).isEmpty();
    assertThat(bundle(alice, room, parent).isMissingNode()).isTrue();
  }

  @Test
  void relations_badRelations_areIgnored() {
    String room = room();
    String parent = alice.say(room, "parent");
    for (String relation :
        List.of(
            "1",
            "[]",
            "{}",
            "{'rel_type':1,'event_id':2}",
            "{'rel_type':'m.thread'}",
            "{'rel_type':'a\\u0000b','event_id':'" + parent + "'}",
            "{'rel_type':'" + "x".repeat(300) + "','event_id':'" + parent + "'}",
            "{'rel_type':'m.thread','event_id':'nonsense'}")) {
      alice.send(room, "m.room.message", "{'body':'x','m.relates_to':" + relation + "}");
    }

    assertThat(relations(alice, room, parent, "").path("chunk")).isEmpty();
    assertThat(alice.in(room, "/messages?dir=b").ok().path("chunk")).hasSizeGreaterThan(5);
  }
}
