package dev.stele.server.history;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.stele.server.testing.TestServer;
import dev.stele.server.testing.TestServer.Client;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/**
 * What a filter wants may lie behind more events than one request looks at. Its page is empty then,
 * but says where to go on, and nothing is lost or repeated.
 */
final class SparseHistoryTest {
  /** More than a page looks at, and than {@code /sync} does. */
  private static final int BETWEEN = 5_100;

  private static TestServer server;
  private static Person alice;
  private static Person bob;
  private static String room;

  @BeforeAll
  static void fill() throws InterruptedException {
    server = new TestServer();
    alice = Person.of(server, "alice");
    bob = Person.of(server, "bob");
    room = alice.createRoom("{'preset':'public_chat'}");
    bob.join(room);
    bob.say(room, "first");
    bob.say(room, "second");
    ExecutorService threads = Executors.newFixedThreadPool(16);
    for (int i = 0; i < BETWEEN; i++) {
      threads.execute(() -> alice.say(room, "between"));
    }
    threads.shutdown();
    assertThat(threads.awaitTermination(80, TimeUnit.SECONDS)).isTrue();
    bob.say(room, "last");
  }

  @AfterAll
  static void stop() {
    server.close();
  }

  @Test
  void messages_ofOneSender_arePagedBackWithoutLoss() {
    assertThat(page("b", "")).containsExactly("last", "second", "first", "joined");
  }

  @Test
  void messages_ofOneSender_arePagedForwardsWithoutLoss() {
    assertThat(page("f", "")).containsExactly("joined", "first", "second", "last");
  }

  @Test
  void timeline_ofOneSender_isLimited_andItsTokenLeadsToTheRest() {
    String filter =
        "{\"room\":{\"timeline\":{\"senders\":[\"%s\"],\"limit\":5}}}".formatted(bob.id());
    JsonNode timeline =
        bob.get("/sync?filter=" + Client.encode(filter))
            .ok()
            .at("/rooms/join")
            .path(room)
            .path("timeline");

    assertThat(texts(timeline.path("events"))).containsExactly("last");
    assertThat(timeline.path("limited").asBoolean()).isTrue();
    List<String> before = page("b", timeline.path("prev_batch").asText());
    assertThat(before).containsExactly("second", "first", "joined");
  }

  @Test
  void search_ofOneSender_leadsOnFromEmptyPages() {
    String body =
        "{'search_categories':{'room_events':{'search_term':'between','order_by':'recent',"
            + "'filter':{'senders':['"
            + bob.id()
            + "']}}}}";
    String from = "";
    int pages = 0;
    do {
      JsonNode found =
          bob.client().post("/search" + from, body).ok().at("/search_categories/room_events");
      assertThat(found.path("results")).isEmpty();
      String next = found.path("next_batch").asText();
      from = next.isEmpty() ? "" : "?next_batch=" + Client.encode(next);
      pages++;
    } while (!from.isEmpty());
    assertThat(pages).isGreaterThan(5);
  }

  /** What is on the pages from a token on, all of them together. */
  private static List<String> page(String direction, String from) {
    String filter = "{\"senders\":[\"%s\"]}".formatted(bob.id());
    List<String> texts = new ArrayList<>();
    String token = from;
    while (true) {
      JsonNode page =
          bob.in(
                  room,
                  "/messages?limit=10&dir="
                      + direction
                      + (token.isEmpty() ? "" : "&from=" + Client.encode(token))
                      + "&filter="
                      + Client.encode(filter))
              .ok();
      List<String> found = texts(page.path("chunk"));
      texts.addAll(found);
      if (!page.has("end")) {
        return texts;
      }
      assertThat(page.path("end").asText()).isNotEqualTo(token);
      token = page.path("end").asText();
    }
  }

  private static List<String> texts(JsonNode events) {
    List<String> texts = new ArrayList<>();
    for (JsonNode event : events) {
      texts.add(
          event.path("type").asText().equals("m.room.member")
              ? "joined"
              : event.at("/content/body").asText());
    }
    return texts;
  }
}
