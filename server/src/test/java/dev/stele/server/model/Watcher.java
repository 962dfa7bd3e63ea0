package dev.stele.server.model;

import com.fasterxml.jackson.databind.JsonNode;
import dev.stele.server.testing.TestServer.Answer;
import dev.stele.server.testing.TestServer.Client;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/** A client that follows what happens and keeps the picture that clients keep of rooms. */
abstract class Watcher {
  private static final long LIMIT_SECONDS = 30;

  private final World world;
  private final Client client;
  private final Style style;
  private final Eyes eyes;
  private final Map<String, RoomPicture> rooms = new LinkedHashMap<>();
  private String token;
  private String note;

  Watcher(World world, Client client, Style style) {
    this.world = world;
    this.client = client;
    this.style = style;
    this.eyes = new Eyes(world, client.userId());
  }

  /** Asks for what is new since a token, which is null at first. */
  abstract CompletableFuture<Answer> ask(String token, long timeoutMillis);

  /** What an answer tells of the user's account data that belongs to no room. */
  abstract JsonNode globalData(JsonNode answer);

  /** Takes in what an answer tells of rooms; returns whether it tells anything. */
  abstract boolean takeRooms(JsonNode answer, boolean waited);

  /** Where to go on after an answer. */
  abstract String next(JsonNode answer);

  /** What is new, and all state once more if the client can ask for that. */
  abstract void pollFullState();

  /** Whether it must know this piece of a room's state though it loads members lazily. */
  abstract boolean mustKnow(String slot);

  /** How much of a room is unread, in the way in which this client is told. */
  abstract String expectedUnread(Reckoning reckoning);

  /** Whether it is told the receipts of all members when it comes to know a room. */
  abstract boolean hearsAllReceipts();

  World world() {
    return world;
  }

  Client client() {
    return client;
  }

  Style style() {
    return style;
  }

  Eyes eyes() {
    return eyes;
  }

  /** The rooms that it was told of. */
  Map<String, RoomPicture> rooms() {
    return rooms;
  }

  RoomPicture room(String roomId) {
    return rooms.computeIfAbsent(roomId, id -> new RoomPicture());
  }

  /** The account data that it was told of; null if none. */
  String note() {
    return note;
  }

  String token() {
    return token;
  }

  boolean hasStarted() {
    return token != null;
  }

  /** Forgets everything. */
  void startAnew() {
    rooms.clear();
    token = null;
    note = null;
  }

  /** What is new, without waiting. Returns whether anything of a room was. */
  boolean poll() {
    return accept(ask(token, 0).join(), false);
  }

  /** An answer that gets lost on the way. */
  void pollInVain() {
    int status = ask(token, 0).join().status();
    if (status / 100 == 5) {
      throw new AssertionError(this + " was answered " + status);
    }
  }

  /** A poll that the server holds, unless there is something to tell at once. */
  CompletableFuture<Answer> startPoll() {
    eyes.beginWaiting();
    int before = world.server().waitingPolls();
    CompletableFuture<Answer> poll =
        ask(token, TimeUnit.SECONDS.toMillis(2 * LIMIT_SECONDS))
            .orTimeout(LIMIT_SECONDS, TimeUnit.SECONDS);
    while (!poll.isDone() && world.server().waitingPolls() <= before) {
      Thread.onSpinWait();
    }
    return poll;
  }

  /** Takes the answer to a poll that has been started. */
  void finishPoll(CompletableFuture<Answer> poll) {
    accept(poll.join(), true);
  }

  /** A poll that may have been cut off. */
  void abandonPoll(CompletableFuture<Answer> poll) {
    try {
      Answer answer = poll.join();
      if (answer.status() == 200) {
        accept(answer, true);
      }
    } catch (CompletionException e) {
      if (e.getCause() instanceof TimeoutException) {
        throw new AssertionError("the server stopped, and this poll went on", e);
      }
    }
  }

  boolean accept(Answer answer, boolean waited) {
    if (answer.error().equals("400 M_UNKNOWN_POS")) {
      startAnew();
      return poll();
    }
    JsonNode told = answer.ok();
    boolean first = token == null;
    token = next(told);
    for (JsonNode data : globalData(told)) {
      if (data.path("type").asText().equals("m.ignored_user_list") && !first) {
        // What a client has does not fit what it may be shown from now on.
        startAnew();
        return poll();
      }
      note = noteIn(data, note);
    }
    eyes.waited(waited);
    return takeRooms(told, waited);
  }

  static String noteIn(JsonNode data, String otherwise) {
    return data.path("type").asText().equals("org.model.note")
        ? data.path("content").toString()
        : otherwise;
  }

  void takeState(Story story, RoomPicture picture, JsonNode state) {
    for (Told event : eyes.known(story, state)) {
      if (!event.isState()) {
        throw new AssertionError("no state: " + event);
      }
      if (picture.section().equals("leave")) {
        eyes.checkStateOfThePast(story, event);
      }
      picture.state().put(event.slot(), event.id());
    }
  }

  void takeEphemeral(Story story, RoomPicture picture, JsonNode event) {
    if (event.path("type").asText().equals("m.receipt")) {
      eyes.receipts(story, event.path("content")).forEach(picture.receipts()::put);
    } else if (event.path("type").asText().equals("m.typing")) {
      Set<String> users = new HashSet<>();
      event.path("content").path("user_ids").forEach(user -> users.add(user.asText()));
      picture.typing(users);
    }
  }

  /** Who types is not known any more. */
  void forgetTyping() {
    rooms.values().forEach(picture -> picture.typing(Set.of()));
  }

  static String counts(JsonNode told) {
    return told.path("notification_count").asInt(-1) + "/" + told.path("highlight_count").asInt(-1);
  }

  /** Takes a timeline in; {@code fresh} if the client starts with the room anew. */
  void takeTimeline(
      RoomPicture picture, List<Told> events, JsonNode before, boolean limited, boolean fresh) {
    for (Told event : events) {
      if (!style.wants().test(event)) {
        throw new AssertionError(this + " wants no " + event);
      }
    }
    picture.add(
        events.stream().map(Told::id).toList(),
        before.isTextual() ? before.asText() : null,
        limited,
        fresh);
  }

  /** Whoever wrote something must be known as who they are. */
  void checkSenders(Story story, RoomPicture picture, List<Told> events) {
    for (Told event : events) {
      String slot = Told.memberSlot(event.sender());
      String actual = story.state().get(slot);
      if (!actual.equals(picture.state().get(slot))) {
        throw new AssertionError(
            "%s does not know who sent %s in %s: it has %s instead of %s"
                .formatted(this, event, story.roomId(), picture.state().get(slot), actual));
      }
    }
  }

  /** Asks once for what is before the last gap of a room; returns whether there is a gap. */
  boolean pageBack(String roomId, int limit) {
    List<Stretch> stretches = rooms.get(roomId).stretches();
    for (int i = stretches.size() - 1; i >= 0; i--) {
      if (stretches.get(i).before() != null) {
        new Gap(world, client, style, world.story(roomId), stretches, i).page(limit);
        return true;
      }
    }
    return false;
  }

  /** The rooms that it may ask about. */
  List<String> readableRooms() {
    List<String> readable = new ArrayList<>();
    rooms.forEach(
        (roomId, picture) -> {
          Story story = world.story(roomId);
          if (!story.isForgottenBy(client.userId()) && !picture.stretches().isEmpty()) {
            readable.add(roomId);
          }
        });
    return readable;
  }

  @Override
  public String toString() {
    return client.userId() + " (" + style.name() + ")";
  }
}
