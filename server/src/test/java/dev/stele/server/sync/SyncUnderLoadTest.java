package dev.stele.server.sync;

import static dev.stele.server.sync.Follower.bodies;
import static dev.stele.server.sync.Follower.joined;
import static dev.stele.server.sync.Follower.state;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.stele.server.testing.TestServer;
import dev.stele.server.testing.TestServer.Client;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** Nothing is lost, repeated or out of order, whatever happens meanwhile. */
final class SyncUnderLoadTest {
  private static final int SENDERS = 20;
  private static final int POLLERS = 5;

  /** All of it fits into one answer, so that no poll, however slow, is limited. */
  private static final int EACH = 5;

  private static final String MANY =
      "&filter="
          + Client.encode(
              "{\"room\":{\"timeline\":{\"limit\":100}},\"presence\":{\"not_types\":[\"*\"]}}");

  @Test
  void token_ofBeforeARestart_goesOn() {
    try (TestServer server = new TestServer()) {
      Follower alice = Follower.register(server, "alice");
      String room = alice.createRoom("{}");
      alice.sync();
      alice.say(room, "before");
      Follower behind = alice.fork();
      alice.sync();

      server.restart();

      assertThat(alice.sync().has("rooms")).isFalse();
      alice.say(room, "after");
      assertThat(bodies(joined(behind.sync(), room))).containsExactly("before", "after");
      JsonNode hall = joined(alice.sync(), room);
      assertThat(bodies(hall)).containsExactly("after");
      assertThat(state(hall)).isEmpty();
    }
  }

  @Test
  void ownProfileChange_beforeARestart_repeatsNothing() {
    try (TestServer server = new TestServer()) {
      Follower alice = Follower.register(server, "alice");
      String room = alice.createRoom("{}");
      alice.sync();
      alice.rename("Alice the Great");

      server.restart();

      assertThat(Follower.types(joined(alice.sync(), room))).containsExactly("m.room.member");
    }
  }

  @Test
  void parallelSendersAndPollers_seeEachEventOnceAndInOrder() {
    ExecutorService threads = Executors.newFixedThreadPool(SENDERS + POLLERS);
    try (TestServer server = new TestServer()) {
      Follower owner = Follower.register(server, "owner");
      String room = owner.createRoom("{'preset':'public_chat'}");
      List<Follower> pollers =
          IntStream.range(0, POLLERS).mapToObj(i -> member(server, "poller" + i, room)).toList();
      List<Follower> senders =
          IntStream.range(0, SENDERS).mapToObj(i -> member(server, "sender" + i, room)).toList();

      pollers.forEach(Follower::sync);

      List<CompletableFuture<List<String>>> seen =
          pollers.stream()
              .map(poller -> CompletableFuture.supplyAsync(() -> follow(poller, room), threads))
              .toList();
      senders.forEach(sender -> threads.execute(() -> sendAll(sender, room)));

      List<String> first = seen.get(0).join();
      assertThat(first).hasSize(SENDERS * EACH).doesNotHaveDuplicates();
      seen.forEach(other -> assertThat(other.join()).isEqualTo(first));
      for (Follower sender : senders) {
        assertThat(first.stream().filter(text -> text.startsWith(sender.id() + " ")))
            .containsExactlyElementsOf(texts(sender));
      }
    } finally {
      threads.shutdown();
    }
  }

  private static Follower member(TestServer server, String name, String room) {
    Follower member = Follower.register(server, name);
    member.join(room);
    member.sync();
    return member;
  }

  private static void sendAll(Follower sender, String room) {
    texts(sender).forEach(text -> sender.say(room, text));
  }

  private static List<String> texts(Follower sender) {
    return IntStream.range(0, EACH).mapToObj(i -> sender.id() + " " + i).toList();
  }

  /** Polls until everything must have come. */
  private static List<String> follow(Follower poller, String room) {
    List<String> seen = new ArrayList<>();
    while (seen.size() < SENDERS * EACH) {
      JsonNode hall = joined(poller.pollNow(20_000, MANY).join(), room);
      assertThat(hall.at("/timeline/limited").asBoolean()).isFalse();
      if (hall.isMissingNode()) {
        return seen;
      }
      seen.addAll(bodies(hall));
    }
    return seen;
  }
}
