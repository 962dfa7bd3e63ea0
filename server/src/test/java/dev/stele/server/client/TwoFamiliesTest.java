package dev.stele.server.client;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.stele.server.testing.TestServer;
import dev.stele.server.testing.TestServer.Client;
import java.io.BufferedReader;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.stream.StreamSupport;
import net.folivo.trixnity.core.model.RoomId;
import org.junit.jupiter.api.Test;

/**
 * An encrypted conversation between clients of two families, each with an encryption of its own:
 * Trixnity with libolm, and matrix-js-sdk with the Rust crypto.
 */
final class TwoFamiliesTest {
  private static final long LIMIT_MINUTES = 3;

  @Test
  void trixnityAndMatrixJsSdk_inAPrivateRoom_readEachOther() throws Exception {
    try (TestServer server = new TestServer()) {
      Client anna = server.register("anna");
      Process bert = echo(server);
      try (BufferedReader said = bert.inputReader(StandardCharsets.UTF_8);
          PrivateTrixnity trixnity = PrivateTrixnity.logIn(server.url(), "anna", "password")) {
        awaitLine(said, "ready");
        RoomId room = new RoomId(privateRoom(anna));
        trixnity.isIn(room);
        awaitJoin(anna, room);
        for (String text : List.of("one", "two", "bye")) {
          trixnity.say(room, text);
          trixnity.reads(room, "in private: " + text);
        }
        awaitLine(said, "passed");
        assertThat(types(anna, room)).contains("m.room.encrypted").doesNotContain("m.room.message");
      } finally {
        bert.destroy();
      }
    }
  }

  private static Process echo(TestServer server) throws Exception {
    ProcessBuilder program = NodeProject.prepare().program("echo.mjs");
    program.environment().put("STELE_URL", server.url());
    Process process = program.start();
    CompletableFuture.delayedExecutor(LIMIT_MINUTES, TimeUnit.MINUTES).execute(process::destroy);
    return process;
  }

  private static void awaitLine(BufferedReader lines, String wanted) throws Exception {
    StringBuilder read = new StringBuilder();
    for (String line = lines.readLine(); !wanted.equals(line); line = lines.readLine()) {
      assertThat(line).as("what comes before %s:%n%s", wanted, read).isNotNull();
      read.append(line).append('\n');
    }
  }

  private static String privateRoom(Client anna) {
    String bert = anna.userId().replace("@anna:", "@bert:");
    String encryption =
        "{'type':'m.room.encryption','state_key':'',"
            + "'content':{'algorithm':'m.megolm.v1.aes-sha2'}}";
    return anna.post(
            "/createRoom",
            "{'preset':'private_chat','invite':['%s'],'initial_state':[%s]}"
                .formatted(bert, encryption))
        .ok()
        .path("room_id")
        .asText();
  }

  /** Waits until both are in the room, so that what is said is encrypted for both. */
  private static void awaitJoin(Client anna, RoomId room) {
    String path = "/rooms/" + room.getFull() + "/joined_members";
    while (anna.get(path).ok().path("joined").size() < 2) {
      Thread.onSpinWait();
    }
  }

  private static List<String> types(Client anna, RoomId room) {
    JsonNode page = anna.get("/rooms/" + room.getFull() + "/messages?dir=b&limit=100").ok();
    return StreamSupport.stream(page.path("chunk").spliterator(), false)
        .map(event -> event.path("type").asText())
        .toList();
  }
}
