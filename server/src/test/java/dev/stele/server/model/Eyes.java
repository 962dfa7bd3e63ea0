package dev.stele.server.model;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Checks that what a user is shown is true, and for their eyes. */
final class Eyes {
  private final World world;
  private final String userId;
  private boolean waited;
  private Set<String> redactedBefore = Set.of();

  Eyes(World world, String userId) {
    this.world = world;
    this.userId = userId;
  }

  /** A poll begins that may be answered before what is done next, or after it. */
  void beginWaiting() {
    redactedBefore = world.redacted();
  }

  /**
   * Whether what is seen next answers such a poll: it may have been told before the user forgot the
   * room, or before an event was redacted.
   */
  void waited(boolean did) {
    waited = did;
  }

  /** Events of a timeline. */
  List<Told> seen(Story story, JsonNode events) {
    List<Told> seen = known(story, events);
    for (int i = 0; i < seen.size(); i++) {
      Told event = seen.get(i);
      int place = story.place(event.id());
      if (!world.sees(userId, story, place)
          && !World.isOwn(userId, event)
          && !(waited && story.isForgottenBy(userId))) {
        throw new AssertionError(
            userId + " may not see number " + place + " of " + story.roomId() + ": " + event);
      }
      String membership = story.membershipAfter(userId, place);
      JsonNode told = events.get(i).path("unsigned").path("membership");
      if (told.isTextual() && !told.asText().equals(membership == null ? "leave" : membership)) {
        throw new AssertionError("the membership was " + membership + " at " + events.get(i));
      }
    }
    return seen;
  }

  /** Events, whoever may see them, each as it is or as its redaction left it. */
  List<Told> known(Story story, JsonNode events) {
    List<Told> all = new ArrayList<>();
    events.forEach(json -> all.add(Told.of(json)));
    for (int i = 0; i < all.size(); i++) {
      Told event = all.get(i);
      JsonNode json = events.get(i);
      if (!story.knows(event.id())) {
        throw new AssertionError("no event of " + story.roomId() + ": " + json);
      }
      Told actual = story.events().get(story.place(event.id()));
      boolean redacted = story.isRedacted(event.id());
      boolean whole = event.equals(actual);
      boolean same =
          redacted
              ? event.content().isEmpty() && json.path("unsigned").has("redacted_because")
              : whole;
      if (!same && !(whole && mayBeWhole(story, event, all))) {
        throw new AssertionError(
            "told " + json + " of " + actual + (redacted ? ", which is redacted" : ""));
      }
    }
    return all;
  }

  /** Whether an event may be told as it was before its redaction, which is not told with it. */
  private boolean mayBeWhole(Story story, Told event, List<Told> all) {
    String redaction = story.redactionOf(event.id());
    return waited
        && !redactedBefore.contains(event.id())
        && all.stream().noneMatch(other -> other.id().equals(redaction));
  }

  /** State of a room that the user has left: nothing of later. */
  void checkStateOfThePast(Story story, Told event) {
    int place = story.place(event.id());
    if (place > story.departure(userId)
        && !world.sees(userId, story, place)
        && !story.worldReadable()
        && !World.isOwn(userId, event)) {
      throw new AssertionError(userId + " had left " + story.roomId() + " before " + event);
    }
  }

  /** Stripped state is what the room was when the user was invited or knocked. */
  void checkOffer(Story story, JsonNode stripped) {
    Map<String, String> state = story.stateAfter(story.place(story.memberEvent(userId).id()));
    boolean own = false;
    for (JsonNode event : stripped) {
      String slot = event.path("type").asText() + "|" + event.path("state_key").asText();
      String id = state.get(slot);
      JsonNode actual = id == null ? null : story.events().get(story.place(id)).content();
      if (actual == null
          || !(event.path("content").equals(actual)
              || (story.isRedacted(id) && event.path("content").isEmpty()))) {
        throw new AssertionError("stripped state " + event + " is not " + actual);
      }
      own |= slot.equals(Told.memberSlot(userId));
    }
    if (!own) {
      throw new AssertionError("no membership in " + stripped);
    }
  }

  /** The receipts, by type, user and thread. */
  Map<String, String> receipts(Story story, JsonNode content) {
    Map<String, String> receipts = new HashMap<>();
    for (var event : content.properties()) {
      for (var type : event.getValue().properties()) {
        for (var user : type.getValue().properties()) {
          if (type.getKey().equals("m.read.private") && !user.getKey().equals(userId)) {
            throw new AssertionError(
                userId + " is told what " + user.getKey() + " reads in private");
          }
          receipts.put(
              World.receiptKey(
                  type.getKey(), user.getKey(), user.getValue().path("thread_id").asText()),
              event.getKey());
        }
      }
    }
    if (receipts.keySet().stream()
        .anyMatch(key -> !world.receipts(story.roomId()).containsKey(key))) {
      throw new AssertionError("receipts that nobody sent: " + content);
    }
    return receipts;
  }
}
