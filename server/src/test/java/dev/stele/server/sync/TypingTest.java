package dev.stele.server.sync;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.stele.server.testing.TestServer;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Who is said to be typing. */
final class TypingTest {
  private static TestServer server;

  @BeforeAll
  static void start() {
    server = new TestServer();
  }

  @AfterAll
  static void stop() {
    server.close();
  }

  @ParameterizedTest
  @ValueSource(strings = {"leave", "kick", "ban"})
  void whoHasGone_typesNoMore(String how) {
    Follower alice = Follower.register(server, "alice-" + how);
    Follower bob = Follower.register(server, "bob-" + how);
    String room = alice.createRoom("{'preset':'public_chat'}");
    bob.join(room);
    bob.type(room);
    alice.sync();
    assertThat(typing(alice.anew().sync(), room).toString()).contains(bob.id());

    if (how.equals("leave")) {
      bob.leave(room);
    } else {
      alice.change(room, how, bob);
    }

    assertThat(typing(alice.sync(), room)).as("the list is told, and empty").isEmpty();
    assertThat(typing(alice.anew().sync(), room)).isEmpty();
  }

  /** The users of the {@code m.typing} of an answer. */
  private static JsonNode typing(JsonNode answer, String room) {
    for (JsonNode event : Follower.joined(answer, room).path("ephemeral").path("events")) {
      if (event.path("type").asText().equals("m.typing")) {
        return event.path("content").path("user_ids");
      }
    }
    return answer.path("nothing");
  }
}
