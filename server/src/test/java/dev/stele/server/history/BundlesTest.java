package dev.stele.server.history;

import static dev.stele.server.history.Person.bodies;
import static dev.stele.server.history.Person.encode;
import static dev.stele.server.history.Person.ids;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import org.junit.jupiter.api.Test;

/** What an event tells of those that relate to it, wherever it is shown. */
final class BundlesTest extends InRelations {
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
    Person carol = person("carol");
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
    String event = alice.say(room, "findme");
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
    Person dave = person("dave");
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

  private static boolean participated(Person who, String room, String event) {
    return bundle(who, room, event).path("m.thread").path("current_user_participated").asBoolean();
  }
}
