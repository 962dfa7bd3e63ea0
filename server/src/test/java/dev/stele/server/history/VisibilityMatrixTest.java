package dev.stele.server.history;

import static dev.stele.server.history.Person.encode;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.stele.server.testing.TestServer;
import dev.stele.server.testing.TestServer.Answer;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Each visibility, each kind of viewer, each route that reads the past: they agree. */
class VisibilityMatrixTest {
  private static final Pattern SAID = Pattern.compile("matrixword (\\w+)");
  private static final Pattern THREAD = Pattern.compile("threadword (\\w+)");

  private static TestServer server;
  private static final Map<String, Person> PEOPLE = new LinkedHashMap<>();
  private static Person alice;

  @BeforeAll
  static void start() {
    server = new TestServer();
    alice = Person.of(server, "alice");
    for (String who :
        new String[] {
          "member", "later", "invited", "left", "banned", "kicked", "never", "ignorer"
        }) {
      PEOPLE.put(who, Person.of(server, who));
    }
    PEOPLE.get("ignorer").ignore(alice);
  }

  @AfterAll
  static void stop() {
    server.close();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "world_readable | early mid after late | early mid after late | early mid after late",
        "shared         | early mid after late | early mid            | ",
        "invited        | late                 | mid                  | ",
        "joined         | late                 | mid                  | "
      })
  void everyRoute_showsWhatMayBeSeen(String visibility, String later, String gone, String never) {
    Room room = Room.make(visibility);

    room.check("member", "early mid after late");
    room.check("later", later);
    room.check("left", gone);
    room.check("banned", gone);
    room.check("kicked", gone);
    room.check("never", never == null ? "" : never);
    room.check("invited", never == null ? "" : never);
    room.check("ignorer", "");
  }

  /** A room in which four things are said while people come and go. */
  private record Room(String id, String visibility, String parent, Map<String, String> events) {
    static Room make(String visibility) {
      String id = alice.publicRoom(visibility);
      String parent =
          alice
              .in(id, "/state/m.room.history_visibility?format=event")
              .ok()
              .path("event_id")
              .asText();
      Room room = new Room(id, visibility, parent, new LinkedHashMap<>());
      PEOPLE.get("member").join(id);
      PEOPLE.get("ignorer").join(id);
      room.say("early");
      for (String who : new String[] {"left", "banned", "kicked"}) {
        PEOPLE.get(who).join(id);
      }
      room.say("mid");
      PEOPLE.get("left").leave(id);
      alice.change(id, "ban", PEOPLE.get("banned"));
      alice.change(id, "kick", PEOPLE.get("kicked"));
      room.say("after");
      alice.change(id, "invite", PEOPLE.get("invited"));
      PEOPLE.get("later").join(id);
      alice.setState(id, "m.room.topic", "{'topic':'latest topic'}");
      room.say("late");
      return room;
    }

    private void say(String word) {
      String root = alice.say(id, "threadword " + word);
      String unused = alice.relate(id, "m.thread", root, "reply");
      events.put(word, alice.relate(id, "m.reference", parent, "matrixword " + word));
    }

    void check(String who, String words) {
      Person viewer = PEOPLE.get(who);
      Set<String> expected = new TreeSet<>(Set.of(words.strip().split(" +")));
      expected.remove("");
      String as = visibility + " for " + who + " on ";
      assertThat(said(viewer.in(id, "/messages?dir=b&limit=100")))
          .as(as + "messages")
          .isEqualTo(expected);
      assertThat(said(viewer.in(id, "/messages?dir=f&limit=100")))
          .as(as + "messages")
          .isEqualTo(expected);
      checkEvents(viewer, expected, as);
      assertThat(said(viewer.v1(id, "/relations/" + encode(parent) + "?limit=100")))
          .as(as + "relations")
          .isEqualTo(expected);
      assertThat(said(search(viewer))).as(as + "search").isEqualTo(expected);
      assertThat(found(THREAD, viewer.v1(id, "/threads?limit=100")))
          .as(as + "threads")
          .isEqualTo(expected);
      checkState(viewer, who, as);
      checkTimestamp(viewer, as);
    }

    private void checkEvents(Person viewer, Set<String> expected, String as) {
      Set<String> single = new TreeSet<>();
      for (Map.Entry<String, String> event : events.entrySet()) {
        Answer answer = viewer.in(id, "/event/" + encode(event.getValue()));
        Answer context = viewer.in(id, "/context/" + encode(event.getValue()) + "?limit=100");
        single.addAll(said(answer));
        assertThat(context.status()).as(as + "context").isEqualTo(answer.status());
        assertThat(expected).as(as + "context").containsAll(said(context));
        if (answer.status() != 200) {
          assertThat(answer.error()).isEqualTo("404 M_NOT_FOUND");
        }
      }
      assertThat(single).as(as + "event").isEqualTo(expected);
    }

    private Answer search(Person viewer) {
      return viewer
          .client()
          .post(
              "/search",
              "{'search_categories':{'room_events':{'search_term':'matrixword',"
                  + "'event_context':{},'filter':{'rooms':['"
                  + id
                  + "'],'limit':50}}}}");
    }

    private void checkState(Person viewer, String who, String as) {
      boolean present =
          visibility.equals("world_readable") || Set.of("member", "later", "ignorer").contains(who);
      boolean past = Set.of("left", "banned", "kicked").contains(who);
      for (String path : new String[] {"/state", "/members", "/state/m.room.topic"}) {
        Answer answer = viewer.in(id, path);
        boolean topic = path.endsWith("topic");
        int status = present || (past && !topic) ? 200 : past ? 404 : 403;
        assertThat(answer.status()).as(as + path).isEqualTo(status);
        assertThat(answer.json().toString().contains("latest topic"))
            .as(as + path)
            .isEqualTo(present && !path.equals("/members"));
      }
      assertThat(viewer.in(id, "/members").json().toString().contains("@later:test"))
          .as(as + "members")
          .isEqualTo(present);
    }

    private void checkTimestamp(Person viewer, String as) {
      Answer last = viewer.v1(id, "/timestamp_to_event?dir=b&ts=" + Long.MAX_VALUE);
      if (last.status() == 200) {
        String event = last.json().path("event_id").asText();
        assertThat(viewer.in(id, "/event/" + encode(event)).status())
            .as(as + "timestamp_to_event")
            .isEqualTo(200);
      } else {
        assertThat(last.error()).as(as + "timestamp_to_event").isEqualTo("403 M_FORBIDDEN");
      }
    }

    private static Set<String> said(Answer answer) {
      return found(SAID, answer);
    }

    private static Set<String> found(Pattern pattern, Answer answer) {
      Set<String> said = new TreeSet<>();
      JsonNode json = answer.json();
      Matcher matcher = pattern.matcher(json.toString());
      while (matcher.find()) {
        said.add(matcher.group(1));
      }
      return said;
    }
  }
}
