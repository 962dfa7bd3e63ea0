package dev.stele.server.model;

import com.fasterxml.jackson.databind.JsonNode;
import dev.stele.server.testing.TestServer;
import dev.stele.server.testing.TestServer.Client;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.TimeUnit;

/**
 * A server, its users, and the whole truth about their rooms. It is told by the scribe, who made
 * every room, never leaves, ignores nobody, and looks after every deed what has come of it.
 */
final class World {
  private static final String EVERYTHING =
      Client.encode("{\"room\":{\"timeline\":{\"limit\":100}}}");

  private final TestServer server;
  private final Client scribe;
  private final List<Client> users = new ArrayList<>();
  private final Map<String, Story> stories = new LinkedHashMap<>();
  private final Map<String, Set<String>> ignored = new HashMap<>();

  /** The last receipts: by room, then by type, user and thread, which is empty for none. */
  private final Map<String, Map<String, String>> receipts = new HashMap<>();

  /** Who is typing, by room. */
  private final Map<String, Set<String>> typing = new HashMap<>();

  /** Account data of the one type in use: by user and room, where no room is the empty text. */
  private final Map<String, String> accountData = new HashMap<>();

  private final long began = System.nanoTime();
  private String since;

  World(TestServer server, String prefix, int people) {
    this.server = server;
    this.scribe = server.register(prefix + "_scribe");
    for (int i = 0; i < people; i++) {
      users.add(server.register(prefix + "_u" + i));
    }
    learn();
  }

  /** Whether nobody who types can have been forgotten for it was too long ago. */
  boolean isYoung() {
    return System.nanoTime() - began < TimeUnit.SECONDS.toNanos(100);
  }

  TestServer server() {
    return server;
  }

  Client scribe() {
    return scribe;
  }

  /** Everybody but the scribe. */
  List<Client> users() {
    return users;
  }

  Client user(String userId) {
    return users.stream().filter(user -> user.userId().equals(userId)).findFirst().orElseThrow();
  }

  List<Story> stories() {
    return List.copyOf(stories.values());
  }

  Story story(String roomId) {
    Story story = stories.get(roomId);
    if (story == null) {
      throw new AssertionError("nobody made the room " + roomId);
    }
    return story;
  }

  /** Takes in what is new; returns how many events that were. */
  int learn() {
    String from = since == null ? "" : "&since=" + since;
    JsonNode answer = scribe.get("/sync?timeout=0&filter=" + EVERYTHING + from).ok();
    since = answer.path("next_batch").asText();
    int learnt = 0;
    for (var room : answer.path("rooms").path("join").properties()) {
      JsonNode timeline = room.getValue().path("timeline");
      if (timeline.path("limited").asBoolean()) {
        throw new AssertionError("a gap for somebody who asks for 100 events: " + answer);
      }
      Story story = stories.computeIfAbsent(room.getKey(), Story::new);
      for (JsonNode event : timeline.path("events")) {
        story.add(Told.of(event));
        learnt++;
      }
      // Whoever goes stops typing.
      typing(room.getKey()).retainAll(story.joined());
    }
    return learnt;
  }

  Set<String> ignoredBy(String userId) {
    return ignored.computeIfAbsent(userId, user -> new HashSet<>());
  }

  /** The ids of all events that are redacted by now. */
  Set<String> redacted() {
    Set<String> ids = new HashSet<>();
    stories.values().forEach(story -> ids.addAll(story.redacted()));
    return ids;
  }

  Map<String, String> receipts(String roomId) {
    return receipts.computeIfAbsent(roomId, room -> new HashMap<>());
  }

  /** What there is one receipt for; the thread is empty for none. */
  static String receiptKey(String type, String userId, String thread) {
    return type + "|" + userId + "|" + thread;
  }

  Set<String> typing(String roomId) {
    return typing.computeIfAbsent(roomId, room -> new HashSet<>());
  }

  /** The server forgets who is typing, and tells nobody. */
  void restart() {
    server.restart();
    typing.clear();
  }

  Map<String, String> accountData() {
    return accountData;
  }

  /** Whether the user may see an event, and does not ignore its sender. */
  boolean sees(String userId, Story story, int place) {
    Told event = story.events().get(place);
    return story.reaches(userId, place)
        && (event.isState() || !ignoredBy(userId).contains(event.sender()));
  }

  /**
   * Whether an event tells users of their own membership. They are told of it one way or another,
   * so they may see it in a timeline even where the visibility does not say that they do.
   */
  static boolean isOwn(String userId, Told event) {
    return event.isMemberOf(userId);
  }

  /** The ids of all events up to a place that the user sees and must be shown. */
  List<String> mustSee(String userId, Story story, int last) {
    List<String> ids = new ArrayList<>();
    for (int i = 0; i < Math.min(last + 1, story.events().size()); i++) {
      if (sees(userId, story, i)) {
        ids.add(story.events().get(i).id());
      }
    }
    return ids;
  }
}
