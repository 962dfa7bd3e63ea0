package dev.stele.server;

import static dev.stele.server.history.Person.encode;
import static dev.stele.server.http.TestEdge.await;
import static org.assertj.core.api.Assertions.assertThat;

import dev.stele.server.history.Person;
import dev.stele.server.record.Entry;
import dev.stele.server.record.RoomEvent;
import dev.stele.server.testing.TestServer;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What was redacted is nowhere any more: on no route, in no table, not in the log. */
class RedactionTest {
  private static final String SECRET = "s3cr3tword";

  @Test
  void redacted_isNowhere() {
    TestServer server = new TestServer();
    Person alice = Person.of(server, "alice");
    Person bob = Person.of(server, "bob");
    String room = alice.publicRoom("shared");
    bob.join(room);
    List<String> kept = new ArrayList<>();
    kept.add(alice.say(room, "kept parent"));
    String parent = kept.get(0);
    List<String> redacted = new ArrayList<>();
    redacted.add(alice.say(room, SECRET));
    redacted.add(alice.edit(room, parent, SECRET + " edit"));
    redacted.add(bob.relate(room, "m.thread", parent, SECRET + " reply"));
    redacted.add(bob.relate(room, "m.reference", parent, SECRET + " reference"));
    redacted.add(bob.react(room, parent, SECRET));
    redacted.add(
        alice.send(
            room, "m.room.message", "{'body':'" + SECRET + "','url':'mxc://test/" + SECRET + "'}"));
    redacted.add(alice.setState(room, "m.room.topic", "{'topic':'" + SECRET + "'}"));
    redacted.add(alice.setState(room, "m.room.name", "{'name':'" + SECRET + "'}"));
    alice.setState(room, "m.room.name", "{'name':'kept name'}");
    kept.add(alice.say(room, "kept last"));
    String since = alice.get("/sync").ok().path("next_batch").asText();
    assertThat(answers(alice, room, parent, kept, since)).contains(SECRET);

    redacted.forEach(event -> alice.redact(room, event));

    for (Person who : List.of(alice, bob)) {
      assertThat(answers(who, room, parent, kept, since)).doesNotContain(SECRET).contains("kept");
      for (String event : redacted) {
        assertThat(who.in(room, "/event/" + encode(event)).ok().toString())
            .contains("redacted_because")
            .doesNotContain(SECRET);
        assertThat(who.in(room, "/context/" + encode(event)).ok().toString())
            .doesNotContain(SECRET);
      }
    }
    server.restart();
    assertThat(answers(alice, room, parent, kept, since)).doesNotContain(SECRET).contains("kept");
    server.stop();
    checkLog(server);
  }

  @Test
  void redactedState_isNotShownAsWhatWasReplaced() {
    try (TestServer server = new TestServer()) {
      Person alice = Person.of(server, "alice");
      String room = alice.publicRoom("shared");
      String secret = alice.setState(room, "m.room.name", "{'name':'" + SECRET + "'}");
      String next = alice.setState(room, "m.room.name", "{'name':'kept'}");
      assertThat(alice.in(room, "/event/" + encode(next)).ok().toString()).contains(SECRET);

      alice.redact(room, secret);

      assertThat(alice.in(room, "/event/" + encode(next)).ok().toString())
          .as("though nobody follows the room")
          .doesNotContain(SECRET);
    }
  }

  private static String answers(
      Person who, String room, String parent, List<String> kept, String since) {
    StringBuilder answers = new StringBuilder();
    for (String path :
        List.of(
            "/messages?dir=b&limit=100",
            "/messages?dir=f&limit=100",
            "/messages?dir=b&limit=100&" + Person.filter("{'contains_url':true}"),
            "/context/" + encode(kept.get(1)) + "?limit=50",
            "/event/" + encode(parent),
            "/state",
            "/members",
            "/initialSync?limit=50")) {
      answers.append(who.in(room, path).ok()).append('\n');
    }
    for (String path :
        List.of(
            "/relations/" + encode(parent) + "?limit=50&recurse=true",
            "/relations/" + encode(parent) + "/m.annotation",
            "/threads?limit=50")) {
      answers.append(who.v1(room, path).ok()).append('\n');
    }
    answers.append(who.get("/sync").ok()).append('\n');
    answers.append(who.get("/sync?since=" + since).ok()).append('\n');
    answers.append(who.get("/initialSync?limit=50").ok()).append('\n');
    answers.append(who.get("/events?timeout=0&from=s0").ok()).append('\n');
    answers.append(
        who.client()
            .post(
                "/search",
                "{'search_categories':{'room_events':{'search_term':'"
                    + SECRET.substring(0, 6)
                    + "word','event_context':{}}}}")
            .ok()
            .at("/search_categories/room_events/results"));
    return answers.toString();
  }

  /** Hashes still verify, a rebuild gives the same rows, and no record has the text. */
  private static void checkLog(TestServer server) {
    HomeserverOperations operations = new HomeserverOperations();
    assertThat(
            await(
                    operations.verifyLog(
                        server.vertx(), server.effectiveSettings(), (done, of) -> {}))
                .problems())
        .isEmpty();
    assertThat(
            await(
                    operations.rebuildLog(
                        server.vertx(), server.effectiveSettings(), (done, of) -> {}))
                .problems())
        .isEmpty();
    Storage storage =
        await(
            Storage.open(
                server.vertx(),
                server.effectiveSettings(),
                InstantSource.system(),
                new SimpleMeterRegistry()));
    for (Entry entry : await(storage.log().read(0, 1_000))) {
      if (entry.fact() instanceof RoomEvent event) {
        assertThat(event.pdu().json().toString()).doesNotContain(SECRET);
      }
    }
    await(storage.close());
    server.close();
  }
}
