package dev.stele.server;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.google.errorprone.annotations.CanIgnoreReturnValue;
import dev.stele.server.sync.SyncLimits;
import dev.stele.server.testing.TestServer;
import dev.stele.server.testing.TestServer.Answer;
import dev.stele.server.testing.TestServer.Client;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestInstance.Lifecycle;

/** What a server does for those who poll when it may hold very little for them. */
@TestInstance(Lifecycle.PER_CLASS)
final class SyncLimitsTest {
  private static final int LOOPS = Runtime.getRuntime().availableProcessors();
  private static final SyncLimits LIMITS = new SyncLimits(2, 20_000, 3);

  private TestServer server;

  @BeforeAll
  void start() {
    server =
        TestServer.deployedBy(
            "presence: { enabled: false }\n",
            (vertx, settings) -> Homeserver.deploy(vertx, settings, Embedding.listening(), LIMITS));
  }

  @AfterAll
  void stop() {
    server.close();
  }

  @Test
  void polls_beyondTheBoundOfAll_areRefused_untilOthersHaveEnded() {
    List<Client> users = register("poller", 2 * LOOPS + 1);
    List<String> tokens = users.stream().map(SyncLimitsTest::token).toList();
    List<CompletableFuture<Answer>> polls = new ArrayList<>();
    for (int i = 0; i < users.size(); i++) {
      polls.add(poll(users.get(i), tokens.get(i)));
    }

    // Of so many polls three are on the same event loop, one of which is answered at once.
    Answer refused =
        (Answer) CompletableFuture.anyOf(polls.toArray(CompletableFuture[]::new)).join();
    assertThat(refused.error()).isEqualTo("429 M_LIMIT_EXCEEDED");
    assertThat(refused.json().path("retry_after_ms").asLong()).isPositive();

    for (int i = 0; i < users.size(); i++) {
      Client user = users.get(i);
      user.put("/user/" + user.userId() + "/account_data/org.test", "{}").ok();
      assertThat(polls.get(i).join().status()).isIn(200, 429);
    }
    users.forEach(user -> sync(user, ""));
  }

  @Test
  void users_ofMoreMembershipsThanAreHeld_areForgotten_butForThoseWhoWait() {
    Client anna = server.register("anna");
    String room = room(anna);
    room(anna);
    Client bert = server.register("bert");
    String other = room(bert);
    String token = token(bert);
    CompletableFuture<Answer> poll = held(anna);

    for (Client user : register("guest", 5 * LOOPS)) {
      room(user);
      room(user);
      sync(user, "");
    }
    say(bert, other);
    say(anna, room);

    assertThat(poll.join().ok().at("/rooms/join").has(room)).isTrue();
    assertThat(sync(bert, "&since=" + token).at("/rooms/join").has(other)).isTrue();
    assertThat(server.metric("stele_sync_held{what=\"memberships\"}"))
        .as("those who waited, and no more than the others may have")
        .isBetween(2.0, 2.0 + LIMITS.memberships() * LOOPS);
  }

  private List<Client> register(String name, int number) {
    return IntStream.range(0, number).mapToObj(i -> server.register(name + i)).toList();
  }

  private static String token(Client user) {
    return sync(user, "").path("next_batch").asText();
  }

  private static CompletableFuture<Answer> poll(Client user, String token) {
    return user.getLater("/sync?timeout=60000&since=" + token);
  }

  /** A poll that waits by the time this returns. */
  private CompletableFuture<Answer> held(Client user) {
    CompletableFuture<Answer> poll = poll(user, token(user));
    while (server.waitingPolls() == 0) {
      assertThat(poll).isNotDone();
      Thread.onSpinWait();
    }
    return poll;
  }

  @CanIgnoreReturnValue
  private static JsonNode sync(Client user, String parameters) {
    return user.get("/sync?timeout=0" + parameters).ok();
  }

  @CanIgnoreReturnValue
  private static String room(Client user) {
    return user.post("/createRoom", "{}").ok().path("room_id").asText();
  }

  private static void say(Client user, String room) {
    String path = "/rooms/" + Client.encode(room) + "/send/m.room.message/" + System.nanoTime();
    user.put(path, "{'body':'hello'}").ok();
  }
}
