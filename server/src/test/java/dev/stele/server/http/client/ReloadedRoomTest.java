package dev.stele.server.http.client;

import static dev.stele.server.http.client.Directory.change;
import static dev.stele.server.http.client.Directory.createRoom;
import static dev.stele.server.http.client.Directory.join;
import static dev.stele.server.http.client.Directory.setState;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.stele.server.testing.TestServer.Answer;
import dev.stele.server.testing.TestServer.Client;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * A server that has just started knows nothing of a room until somebody asks, and then reads what
 * the command needs: it decides as it did before.
 */
final class ReloadedRoomTest extends AmongThree {
  private Client dave;

  @BeforeAll
  void registerDave() {
    dave = server.register("dave");
  }

  @ParameterizedTest
  @ValueSource(strings = {"1", "10", "12"})
  void commands_afterAStart_findTheRoomAsItWas(String version) {
    String room =
        createRoom(
            alice, "{'preset':'public_chat','topic':'old','room_version':'" + version + "'}");
    change(alice, room, "ban", bob).ok();
    join(carol, room).ok();
    server.restart();

    assertThat(join(bob, room).error()).isEqualTo("403 M_FORBIDDEN");
    assertThat(say(dave, room, "a stranger").error()).isEqualTo("403 M_FORBIDDEN");
    assertThat(carol.put(Directory.path(room) + "/state/m.room.topic", "{'topic':'x'}").error())
        .isEqualTo("403 M_FORBIDDEN");
    say(carol, room, "hers").ok();
    String topic = setState(alice, room, "m.room.topic", "{'topic':'new'}");
    JsonNode event = alice.get(Directory.path(room) + "/event/" + Client.encode(topic)).ok();
    assertThat(event.at("/unsigned/prev_content/topic").asText()).isEqualTo("old");
    change(alice, room, "unban", bob).ok();
    join(bob, room).ok();
    change(alice, room, "kick", carol).ok();
    assertThat(say(carol, room, "gone").error()).isEqualTo("403 M_FORBIDDEN");
  }

  @ParameterizedTest
  @ValueSource(strings = {"1", "12"})
  void manyCommandsAtOnce_afterAStart_areAllCarriedOut(String version) {
    String room = createRoom(alice, "{'preset':'public_chat','room_version':'" + version + "'}");
    server.restart();

    List<CompletableFuture<Answer>> answers = new ArrayList<>();
    for (int i = 0; i < 10; i++) {
      int number = i;
      answers.add(CompletableFuture.supplyAsync(() -> say(alice, room, "said " + number)));
      answers.add(CompletableFuture.supplyAsync(() -> setName(room, number)));
    }
    answers.add(CompletableFuture.supplyAsync(() -> join(dave, room)));
    answers.forEach(answer -> answer.join().ok());

    JsonNode messages = alice.get(Directory.path(room) + "/messages?dir=b&limit=50").ok();
    assertThat(messages.at("/chunk").findValuesAsText("body")).hasSize(10).doesNotHaveDuplicates();
    int names = 0;
    for (JsonNode event : messages.path("chunk")) {
      names += event.path("type").asText().equals("m.room.name") ? 1 : 0;
    }
    assertThat(names).isEqualTo(10);
    assertThat(say(dave, room, "here").status()).isEqualTo(200);
  }

  private static Answer say(Client user, String room, String text) {
    return user.put(
        Directory.path(room) + "/send/m.room.message/" + Client.encode(text),
        "{'msgtype':'m.text','body':'" + text + "'}");
  }

  private Answer setName(String room, int number) {
    return alice.put(Directory.path(room) + "/state/m.room.name", "{'name':'name " + number + "'}");
  }
}
