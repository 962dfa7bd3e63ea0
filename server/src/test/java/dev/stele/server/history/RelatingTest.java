package dev.stele.server.history;

import static dev.stele.server.history.Person.reaction;
import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

/** What may be sent that relates to another event. */
final class RelatingTest extends InRelations {
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
    assertThat(person("outsider").trySend(room, "m.reaction", reaction(event, "x")).error())
        .isEqualTo("403 M_FORBIDDEN");
  }
}
