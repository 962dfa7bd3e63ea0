package dev.stele.server.client;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.stele.server.testing.TestServer.Client;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.BooleanSupplier;
import net.folivo.trixnity.core.model.RoomId;

/** What two people say to each other in a private room, from whatever clients they use. */
final class Talk {
  private static final Duration LIMIT = Duration.ofSeconds(60);

  private final RoomId room;
  private final List<String> userIds;

  /** By what the two do plain requests, by their ids. */
  private final Map<String, Client> requests = new HashMap<>();

  /** The messages as they read after all edits. */
  private final List<Message> messages = new ArrayList<>();

  /** The clients that are there, and that all others are to be read by. */
  private final List<PrivateClient> present = new ArrayList<>();

  private final AtomicInteger changes = new AtomicInteger();

  private record Message(String id, String text) {}

  Talk(RoomId room, Client one, Client other) {
    this.room = room;
    this.userIds = List.of(one.userId(), other.userId());
    isDoneBy(one);
    isDoneBy(other);
  }

  /** Somebody has an access token, instead of an earlier one. */
  void isDoneBy(Client owner) {
    requests.put(owner.userId(), owner);
  }

  /** Changes what others know of a client: the name of the device. */
  Runnable changeOf(PrivateClient client) {
    return () ->
        requests
            .get(client.userId())
            .put(
                "/devices/" + client.deviceId(),
                "{'display_name':'" + changes.incrementAndGet() + "'}")
            .ok();
  }

  /**
   * Somebody has another client. Waits until that can be sent keys: it publishes those for one use
   * after its own, and what is said before is not for it.
   */
  void isJoinedBy(PrivateClient client) {
    present.add(client);
    String claim =
        "{'one_time_keys':{'%s':{'%s':'signed_curve25519'}}}"
            .formatted(client.userId(), client.deviceId());
    await(
        "one-time keys of " + client.deviceId(),
        () ->
            !requests
                .get(client.userId())
                .post("/keys/claim", claim)
                .ok()
                .path("one_time_keys")
                .isEmpty());
  }

  void isLeftBy(PrivateClient client) {
    present.remove(client);
  }

  /** Both say something that the other reads, and then each says it better. */
  void between(JsSdk.Device js, PrivateTrixnity trixnity) {
    js.call("isIn", room.getFull(), userIds.get(0), userIds.get(1));
    trixnity.isIn(room);
    present.forEach(other -> js.knows(other, changeOf(other)));
    present.forEach(other -> trixnity.knows(other, changeOf(other)));
    int round = messages.size();
    String kept = js.text("say", room.getFull(), round + ": as it was said");
    String asked = js.text("say", room.getFull(), round + ": can you reed this?");
    trixnity.shows(room, asked, round + ": can you reed this?");
    trixnity.say(room, round + ": yes, quiet well");
    String answer = js.text("hears", round + ": yes, quiet well");
    js.call("edit", room.getFull(), asked, round + ": can you read this?");
    trixnity.edit(room, answer, round + ": yes, quite well");
    messages.add(new Message(kept, round + ": as it was said"));
    messages.add(new Message(asked, round + ": can you read this?"));
    messages.add(new Message(answer, round + ": yes, quite well"));
    present.forEach(this::isReadBy);
  }

  /** Waits until a client shows all messages as they read now. */
  void isReadBy(PrivateClient client) {
    messages.forEach(message -> client.shows(room, message.id, message.text));
  }

  /** Waits until somebody's backup holds the keys of all messages. */
  void awaitBackup(Client owner) {
    Set<String> wanted = new TreeSet<>();
    page(owner).forEach(event -> wanted.add(event.at("/content/session_id").asText()));
    wanted.remove("");
    String path =
        "/room_keys/keys/"
            + Client.encode(room.getFull())
            + "?version="
            + owner.get("/room_keys/version").ok().path("version").asText();
    await(
        "keys in the backup",
        () -> {
          owner.get(path).ok().path("sessions").fieldNames().forEachRemaining(wanted::remove);
          return wanted.isEmpty();
        });
  }

  private static void await(String what, BooleanSupplier condition) {
    long deadline = System.nanoTime() + LIMIT.toNanos();
    while (!condition.getAsBoolean()) {
      if (System.nanoTime() > deadline) {
        throw new AssertionError("not within " + LIMIT.toSeconds() + " s: " + what);
      }
      Thread.onSpinWait();
    }
  }

  void assertUnreadableForTheServer(Client member) {
    List<String> types = new ArrayList<>();
    page(member).forEach(event -> types.add(event.path("type").asText()));
    assertThat(types).contains("m.room.encrypted").doesNotContain("m.room.message");
  }

  private JsonNode page(Client member) {
    String path = "/rooms/" + Client.encode(room.getFull()) + "/messages?dir=b&limit=100";
    return member.get(path).ok().path("chunk");
  }
}
