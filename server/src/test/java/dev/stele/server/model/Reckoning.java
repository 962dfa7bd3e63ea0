package dev.stele.server.model;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.HashMap;
import java.util.Map;
import java.util.TreeMap;

/**
 * What one user has not read of one room, by the default push rules: messages of others, those that
 * mention the user as highlights. Client-server API, "Receiving notifications" and "Threaded read
 * receipts", written down a second time.
 */
final class Reckoning {
  private static final String MAIN = "main";

  private final World world;
  private final Story story;
  private final String userId;
  private final Map<String, Integer> read = new HashMap<>();
  private int readEverywhere;

  Reckoning(World world, Story story, String userId) {
    this.world = world;
    this.story = story;
    this.userId = userId;
    this.readEverywhere = story.joinedSince(userId);
    world.receipts(story.roomId()).forEach(this::take);
    for (int place = 0; place < story.events().size(); place++) {
      Told event = story.events().get(place);
      if (event.sender().equals(userId) && !event.isState()) {
        read.merge(thread(event), place, Math::max);
      }
    }
  }

  private void take(String key, String eventId) {
    String[] parts = key.split("\\|", -1);
    if (!parts[1].equals(userId)) {
      return;
    }
    int place = story.place(eventId);
    if (parts[2].isEmpty()) {
      readEverywhere = Math.max(readEverywhere, place);
    } else {
      read.merge(parts[2], place, Math::max);
    }
  }

  /** As {@code notifications/highlights}, of everything. */
  String all() {
    int[] counts = new int[2];
    count().values().forEach(each -> add(counts, each[0], each[1]));
    return text(counts);
  }

  /** The same by thread: what is in none first, then the threads with anything unread. */
  String byThread() {
    Map<String, int[]> counts = count();
    int[] main = counts.remove(MAIN);
    TreeMap<String, String> threads = new TreeMap<>();
    counts.forEach((thread, each) -> threads.put(thread, text(each)));
    return text(main == null ? new int[2] : main) + threads;
  }

  private Map<String, int[]> count() {
    Map<String, int[]> counts = new HashMap<>();
    for (int place = readEverywhere + 1; place < story.events().size(); place++) {
      Told event = story.events().get(place);
      String thread = thread(event);
      if (notifies(event) && place > read.getOrDefault(thread, -1)) {
        int[] found = counts.computeIfAbsent(thread, id -> new int[2]);
        add(found, 1, mentions(event) ? 1 : 0);
      }
    }
    return counts;
  }

  private boolean notifies(Told event) {
    return event.type().equals("m.room.message")
        && !event.sender().equals(userId)
        && !world.ignoredBy(userId).contains(event.sender())
        && !story.isRedacted(event.id());
  }

  private boolean mentions(Told event) {
    for (JsonNode user : event.content().path("m.mentions").path("user_ids")) {
      if (user.asText().equals(userId)) {
        return true;
      }
    }
    return false;
  }

  private static String thread(Told event) {
    String root = event.threadRoot();
    return root == null ? MAIN : root;
  }

  private static void add(int[] counts, int notifications, int highlights) {
    counts[0] += notifications;
    counts[1] += highlights;
  }

  private static String text(int[] counts) {
    return counts[0] + "/" + counts[1];
  }
}
