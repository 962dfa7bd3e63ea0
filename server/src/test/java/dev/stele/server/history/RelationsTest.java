package dev.stele.server.history;

import static dev.stele.server.history.Person.bodies;
import static dev.stele.server.history.Person.encode;
import static dev.stele.server.history.Person.ids;
import static dev.stele.server.history.Person.reaction;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class RelationsTest extends InThePast {
  private static int rooms;

  private String room() {
    String room = alice.publicRoom("shared");
    bob.join(room);
    rooms++;
    return room;
  }

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

  @Test
  void bundle_ofEdits_isTheMostRecentValidOne() {
    String room = room();
    String event = alice.say(room, "original");
    alice.edit(room, event, "first");
    bob.edit(room, event, "by another");
    alice.send(
        room,
        "m.other",
        "{'m.new_content':{'body':'x'},'m.relates_to':"
            + Person.relation("m.replace", event)
            + "}");
    alice.relate(room, "m.replace", event, "without new content");
    String edit = alice.edit(room, event, "second");
    String editOfEdit = alice.edit(room, edit, "third");

    JsonNode shown = event(alice, room, event);

    JsonNode replace = shown.path("unsigned").path("m.relations").path("m.replace");
    assertThat(shown.path("content").path("body").asText()).isEqualTo("original");
    assertThat(replace.path("event_id").asText()).isEqualTo(edit);
    assertThat(replace.path("content").path("m.new_content").path("body").asText())
        .isEqualTo("second");
    assertThat(replace.path("room_id").asText()).isEqualTo(room);
    assertThat(bundle(alice, room, edit).isMissingNode()).isTrue();
    assertThat(bundle(alice, room, editOfEdit).isMissingNode()).isTrue();
  }

  @Test
  void bundle_ofEncryptedEdits_isThere() {
    String room = room();
    String event = alice.send(room, "m.room.encrypted", "{'ciphertext':'a'}");
    String edit =
        alice.send(
            room,
            "m.room.encrypted",
            "{'ciphertext':'b','m.relates_to':" + Person.relation("m.replace", event) + "}");

    assertThat(bundle(alice, room, event).path("m.replace").path("event_id").asText())
        .isEqualTo(edit);
  }

  @Test
  void bundle_ofStateAndAnnotations_isNotThere() {
    String room = room();
    String topic = alice.setState(room, "m.room.topic", "{'topic':'t'}");
    alice.relate(room, "m.reference", topic, "about the topic");
    String event = alice.say(room, "liked");
    bob.react(room, event, "👍");

    assertThat(bundle(alice, room, topic).isMissingNode()).isTrue();
    assertThat(bundle(alice, room, event).isMissingNode()).isTrue();
  }

  @Test
  void bundle_ofReferences_listsThem() {
    String room = room();
    String event = alice.say(room, "poll");
    String one = bob.relate(room, "m.reference", event, "one");
    String two = alice.relate(room, "m.reference", event, "two");

    assertThat(bundle(alice, room, event))
        .hasToString(
            "{\"m.reference\":{\"chunk\":[{\"event_id\":\""
                + one
                + "\"},{\"event_id\":\""
                + two
                + "\"}]}}");
  }

  @Test
  void bundle_ofAThread_isItsLatestReplyWithItsOwnBundle() {
    String room = room();
    String root = alice.say(room, "root");
    bob.relate(room, "m.thread", root, "first");
    String latest = bob.relate(room, "m.thread", root, "last");
    bob.edit(room, latest, "last, edited");
    Person carol = Person.of(server, "carol" + rooms);
    carol.join(room);

    JsonNode thread = bundle(bob, room, root).path("m.thread");

    assertThat(thread.path("count").asInt()).isEqualTo(2);
    assertThat(thread.path("current_user_participated").asBoolean()).isTrue();
    assertThat(thread.path("latest_event").path("event_id").asText()).isEqualTo(latest);
    assertThat(thread.path("latest_event").toString()).contains("last, edited");
    assertThat(participated(alice, room, root)).as("began it").isTrue();
    assertThat(participated(carol, room, root)).isFalse();
  }

  @Test
  void bundle_isOnEveryRoute() {
    String room = room();
    String event = alice.say(room, "findme" + rooms);
    String edit = alice.edit(room, event, "edited");
    String parent = alice.say(room, "parent");
    String child = alice.relate(room, "m.thread", parent, "child");
    String childEdit = alice.edit(room, child, "child edited");

    assertThat(alice.in(room, "/messages?dir=b").ok().toString())
        .contains("\"m.relations\":{\"m.replace\":");
    JsonNode context = alice.in(room, "/context/" + encode(edit) + "?limit=4").ok();
    assertThat(
            context
                .path("events_before")
                .path(0)
                .at("/unsigned/m.relations/m.replace/event_id")
                .asText())
        .isEqualTo(edit);
    assertThat(
            alice
                .in(room, "/context/" + encode(event))
                .ok()
                .at("/event/unsigned/m.relations/m.replace/event_id")
                .asText())
        .isEqualTo(edit);
    assertThat(
            relations(alice, room, parent, "")
                .at("/chunk/0/unsigned/m.relations/m.replace/event_id")
                .asText())
        .isEqualTo(childEdit);
  }

  @Test
  void bundle_ofRedactedChildren_forgetsThem() {
    String room = room();
    String event = alice.say(room, "event");
    String first = alice.edit(room, event, "first");
    String second = alice.edit(room, event, "second");
    String reply = bob.relate(room, "m.thread", event, "reply");
    String last = bob.relate(room, "m.thread", event, "last");
    String reference = bob.relate(room, "m.reference", event, "ref");

    alice.redact(room, second);
    bob.redact(room, last);
    bob.redact(room, reference);

    JsonNode bundle = bundle(alice, room, event);
    assertThat(bundle.path("m.replace").path("event_id").asText()).isEqualTo(first);
    assertThat(bundle.path("m.thread").path("count").asInt()).isEqualTo(1);
    assertThat(bundle.path("m.thread").path("latest_event").path("event_id").asText())
        .isEqualTo(reply);
    assertThat(bundle.has("m.reference")).isFalse();
    bob.redact(room, reply);
    alice.redact(room, first);
    assertThat(bundle(alice, room, event).isMissingNode()).isTrue();
    assertThat(alice.v1(room, "/threads").ok().path("chunk")).isEmpty();
  }

  @Test
  void bundle_ofARedactedEvent_keepsAllButEdits() {
    String room = room();
    String event = alice.say(room, "event");
    alice.edit(room, event, "edited");
    bob.relate(room, "m.thread", event, "reply");

    alice.redact(room, event);

    JsonNode bundle = bundle(alice, room, event);
    assertThat(bundle.has("m.replace")).isFalse();
    assertThat(bundle.path("m.thread").path("count").asInt()).isEqualTo(1);
  }

  @Test
  void bundle_leavesOutIgnoredUsers() {
    String room = room();
    Person dave = Person.of(server, "dave" + rooms);
    dave.join(room);
    dave.ignore(bob);
    String event = alice.say(room, "event");
    String reply = alice.relate(room, "m.thread", event, "hers");
    bob.relate(room, "m.thread", event, "his");
    bob.relate(room, "m.reference", event, "his too");
    String onlyHis = alice.say(room, "only his");
    bob.relate(room, "m.thread", onlyHis, "his again");

    JsonNode thread = bundle(dave, room, event).path("m.thread");

    assertThat(thread.path("count").asInt()).isEqualTo(1);
    assertThat(thread.path("latest_event").path("event_id").asText()).isEqualTo(reply);
    assertThat(bundle(dave, room, event).has("m.reference")).isFalse();
    assertThat(bundle(dave, room, onlyHis).isMissingNode()).isTrue();
    assertThat(ids(dave.v1(room, "/threads").ok().path("chunk"))).containsExactly(event);
    assertThat(bodies(relations(dave, room, event, "").path("chunk"))).containsExactly("hers");
  }

  @Test
  void bundle_forWhoeverLeft_isAsOfThen() {
    String room = room();
    String event = alice.say(room, "event");
    String edit = alice.edit(room, event, "before");
    alice.relate(room, "m.thread", event, "seen");
    bob.leave(room);
    alice.edit(room, event, "after");
    alice.relate(room, "m.thread", event, "unseen");
    alice.relate(room, "m.reference", event, "unseen too");

    JsonNode bundle = bundle(bob, room, event);

    assertThat(bundle.path("m.replace").path("event_id").asText()).isEqualTo(edit);
    assertThat(bundle.path("m.thread").path("count").asInt()).isEqualTo(1);
    assertThat(bundle.toString()).doesNotContain("unseen");
    assertThat(bodies(relations(bob, room, event, "/m.thread").path("chunk")))
        .containsExactly("seen");
    assertThat(bob.v1(room, "/threads").ok().toString()).contains("seen").doesNotContain("unseen");
  }

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
    Person erin = Person.of(server, "erin" + rooms);
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

  @Test
  void send_threadOffARelatedEvent_isRefused() {
    String room = room();
    String root = alice.say(room, "root");
    String reply = alice.relate(room, "m.thread", root, "reply");

    assertThat(
            alice
                .trySend(
                    room,
                    "m.room.message",
                    "{'body':'x','m.relates_to':" + Person.relation("m.thread", reply) + "}")
                .error())
        .isEqualTo("400 M_UNKNOWN");
  }

  @Test
  void send_theSameAnnotationTwice_isRefusedUntilTheFirstIsRedacted() {
    String room = room();
    String event = alice.say(room, "event");
    String first = bob.react(room, event, "👍");

    assertThat(bob.trySend(room, "m.reaction", reaction(event, "👍")).error())
        .isEqualTo("400 M_DUPLICATE_ANNOTATION");
    alice.react(room, event, "👍");
    bob.react(room, event, "👎");
    bob.send(room, "m.other.reaction", reaction(event, "👍"));
    bob.redact(room, first);
    bob.react(room, event, "👍");
    String path = Person.path(room) + "/send/m.reaction/same";
    String sent = bob.client().put(path, reaction(event, "x")).ok().path("event_id").asText();
    assertThat(bob.client().put(path, reaction(event, "x")).ok().path("event_id").asText())
        .as("the same request again")
        .isEqualTo(sent);
    assertThat(
            Person.of(server, "outsider" + rooms)
                .trySend(room, "m.reaction", reaction(event, "x"))
                .error())
        .isEqualTo("403 M_FORBIDDEN");
  }

  private static JsonNode relations(Person who, String room, String event, String rest) {
    return who.v1(room, "/relations/" + encode(event) + rest).ok();
  }

  private static JsonNode event(Person who, String room, String event) {
    return who.in(room, "/event/" + encode(event)).ok();
  }

  private static JsonNode bundle(Person who, String room, String event) {
    return event(who, room, event).path("unsigned").path("m.relations");
  }

  private static boolean participated(Person who, String room, String event) {
    return bundle(who, room, event).path("m.thread").path("current_user_participated").asBoolean();
  }
}
