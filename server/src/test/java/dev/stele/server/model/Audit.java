package dev.stele.server.model;

import com.fasterxml.jackson.databind.JsonNode;
import dev.stele.server.testing.TestServer.Answer;
import dev.stele.server.testing.TestServer.Client;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeSet;

/** Compares at the end what clients have, and what the server tells, with what happened. */
final class Audit {
  private static final int MAX_POLLS = 20;
  private static final int MAX_PAGES = 1_000;

  private final World world;

  Audit(World world) {
    this.world = world;
  }

  void all(List<Watcher> watchers) {
    for (Client user : world.users()) {
      for (Story story : world.stories()) {
        checkHistory(user, story);
        checkState(user, story);
      }
    }
    for (Story story : world.stories()) {
      checkHistory(world.scribe(), story);
    }
    for (Watcher watcher : watchers) {
      check(watcher);
    }
  }

  /** What {@code /messages} tells both ways is all that the user may see, in order. */
  private void checkHistory(Client user, Story story) {
    List<String> expected = expectedHistory(user.userId(), story);
    List<String> backwards = history(user, story, "b", 7);
    if (backwards != null) {
      Collections.reverse(backwards);
    }
    equal(user.userId() + " reads back " + story.roomId(), backwards, expected, story, user);
    equal(
        user.userId() + " reads on " + story.roomId(),
        history(user, story, "f", 9),
        expected,
        story,
        user);
  }

  /** Null where the user may not even ask. */
  private List<String> expectedHistory(String userId, Story story) {
    boolean member =
        !story.isForgottenBy(userId) && (story.isJoined(userId) || story.departure(userId) >= 0);
    List<String> seen = world.mustSee(userId, story, story.events().size());
    return member || story.worldReadable() ? seen : null;
  }

  private List<String> history(Client user, Story story, String direction, int limit) {
    List<String> ids = new ArrayList<>();
    String from = "";
    for (int page = 0; page < MAX_PAGES; page++) {
      Answer answer =
          user.get(
              "/rooms/"
                  + Client.encode(story.roomId())
                  + "/messages?dir="
                  + direction
                  + "&limit="
                  + limit
                  + from);
      if (answer.status() == 403) {
        return null;
      }
      new Eyes(world, user.userId())
          .seen(story, answer.ok().path("chunk"))
          .forEach(event -> ids.add(event.id()));
      if (!answer.json().hasNonNull("end")) {
        return ids;
      }
      from = "&from=" + answer.json().get("end").asText();
    }
    throw new AssertionError("history without an end");
  }

  /** The state and the members of a room are what they became, or were when the user left. */
  private void checkState(Client user, Story story) {
    String userId = user.userId();
    boolean present = story.isJoined(userId) || story.worldReadable();
    int left = story.isForgottenBy(userId) ? -1 : story.departure(userId);
    String in = "/rooms/" + Client.encode(story.roomId());
    Answer state = user.get(in + "/state");
    Answer members = user.get(in + "/members");
    if (!present && left < 0) {
      same(userId + " asks for state", state.error(), "403 M_FORBIDDEN");
      same(userId + " asks for members", members.error(), "403 M_FORBIDDEN");
      return;
    }
    Map<String, String> expected = present ? story.state() : story.stateAfter(left);
    sameState(
        userId + " asks for state", slots(story, userId, state.ok()), expected, story, userId);
    Map<String, String> expectedMembers = new HashMap<>(expected);
    expectedMembers.keySet().removeIf(slot -> !slot.startsWith(Told.MEMBER));
    sameState(
        userId + " asks for members",
        slots(story, userId, members.ok().path("chunk")),
        expectedMembers,
        story,
        userId);
  }

  private Map<String, String> slots(Story story, String userId, JsonNode events) {
    Map<String, String> slots = new HashMap<>();
    new Eyes(world, userId)
        .known(story, events)
        .forEach(event -> slots.put(event.slot(), event.id()));
    return slots;
  }

  /** A client's picture of its rooms. */
  private void check(Watcher watcher) {
    int polls = 0;
    while (watcher.poll()) {
      if (++polls > MAX_POLLS) {
        throw new AssertionError(watcher + " is told something without end");
      }
    }
    String userId = watcher.client().userId();
    same(watcher + ": note", watcher.note(), world.accountData().get(userId + "|"));
    for (Story story : world.stories()) {
      checkSection(watcher, story);
    }
    for (String roomId : watcher.readableRooms()) {
      int pages = 0;
      while (watcher.pageBack(roomId, 10)) {
        if (++pages > MAX_PAGES) {
          throw new AssertionError(watcher + " fills gaps without end");
        }
      }
      checkTimeline(watcher, world.story(roomId));
    }
  }

  private void checkSection(Watcher watcher, Story story) {
    String userId = watcher.client().userId();
    RoomPicture picture = watcher.rooms().get(story.roomId());
    Told member = story.memberEvent(userId);
    String membership = member == null ? "" : member.content().path("membership").asText();
    String section = picture == null ? "" : picture.section();
    String what = watcher + " has " + story.roomId() + " (" + story.lifeOf(userId) + ")";
    switch (membership) {
      case "join" -> {
        same(what, section, "join");
        checkJoined(watcher, story, picture);
      }
      case "knock" -> same(what, section, "knock");
      case "invite" -> {
        if (world.ignoredBy(userId).contains(member.sender())) {
          // An invite that was there before somebody who is ignored gave another still holds.
          boolean again =
              "invite".equals(story.membershipAfter(userId, story.place(member.id()) - 1));
          isOneOf(what, section, again ? Set.of("", "leave", "invite") : Set.of("", "leave"));
        } else {
          same(what, section, "invite");
        }
      }
      default -> isOneOf(what, section, Set.of("", "leave"));
    }
  }

  private void checkJoined(Watcher watcher, Story story, RoomPicture picture) {
    String what = watcher + " in " + story.roomId() + ": ";
    String userId = watcher.client().userId();
    if (watcher.style().wantsAll() || watcher.style().stateAfter()) {
      Map<String, String> expected = story.state();
      Map<String, String> actual = new HashMap<>(picture.state());
      if (watcher.style().lazy()) {
        expected.keySet().removeIf(slot -> !watcher.mustKnow(slot));
        actual.keySet().removeIf(slot -> !watcher.mustKnow(slot));
      }
      sameState(what + "state", actual, expected, story, userId);
    }
    String note = world.accountData().get(userId + "|" + story.roomId());
    same(what + "note", picture.note(), note);
    if (picture.joinedMembers() >= 0) {
      same(what + "members", picture.joinedMembers(), story.joined().size());
    }
    same(
        what + "unread",
        picture.unread(),
        watcher.expectedUnread(new Reckoning(world, story, userId)));
    if (world.isYoung()) {
      same(
          what + "typing",
          typing(picture.typing(), story, userId),
          typing(world.typing(story.roomId()), story, userId));
    }
    if (watcher.hearsAllReceipts()) {
      same(
          what + "receipts",
          receipts(picture.receipts(), story, userId),
          receipts(world.receipts(story.roomId()), story, userId));
    }
  }

  /** Those of these users who are in the room and not ignored. */
  private Set<String> typing(Set<String> users, Story story, String userId) {
    Set<String> seen = new TreeSet<>(users);
    seen.removeIf(other -> !story.isJoined(other) || world.ignoredBy(userId).contains(other));
    return seen;
  }

  /** The receipts that matter: of those who are in the room and not ignored. */
  private Map<String, String> receipts(Map<String, String> all, Story story, String userId) {
    Map<String, String> receipts = new HashMap<>(all);
    receipts
        .keySet()
        .removeIf(
            key -> {
              String other = key.split("\\|", -1)[1];
              return !story.isJoined(other)
                  || world.ignoredBy(userId).contains(other)
                  || (key.startsWith("m.read.private") && !other.equals(userId));
            });
    return receipts;
  }

  private void checkTimeline(Watcher watcher, Story story) {
    String userId = watcher.client().userId();
    RoomPicture picture = watcher.rooms().get(story.roomId());
    if (picture.section().equals("leave") && story.departure(userId) < 0) {
      return;
    }
    if (!picture.section().equals("join") && !picture.section().equals("leave")) {
      return;
    }
    boolean joined = picture.section().equals("join");
    int last = joined ? story.events().size() : story.departure(userId);
    List<String> expected =
        world.mustSee(userId, story, last).stream()
            .filter(id -> watcher.style().wants().test(story.events().get(story.place(id))))
            .toList();
    List<String> timeline =
        picture.timeline().stream().filter(id -> story.place(id) <= last).toList();
    equal(watcher + ": timeline of " + story.roomId(), timeline, expected, story, watcher.client());
  }

  /** Compares ids; what tells users of their own membership may be there or not. */
  private void equal(
      String what, List<String> actual, List<String> expected, Story story, Client user) {
    if (actual == null || expected == null) {
      same(what, actual, expected);
      return;
    }
    List<String> shown =
        actual.stream().filter(id -> world.sees(user.userId(), story, story.place(id))).toList();
    if (new HashSet<>(actual).size() < actual.size() || !shown.equals(expected)) {
      throw new AssertionError(
          what
              + ":\n  actual   "
              + places(story, actual)
              + "\n  expected "
              + places(story, expected)
              + "\n"
              + story.seenBy(user.userId()));
    }
  }

  private static void sameState(
      String what,
      Map<String, String> actual,
      Map<String, String> expected,
      Story story,
      String userId) {
    Set<String> slots = new TreeSet<>(actual.keySet());
    slots.addAll(expected.keySet());
    slots.removeIf(slot -> Objects.equals(actual.get(slot), expected.get(slot)));
    if (!slots.isEmpty()) {
      throw new AssertionError(
          what
              + " differs in "
              + slots.stream()
                  .map(slot -> slot + " is " + story.placeOrNone(actual.get(slot)))
                  .toList()
              + "\n"
              + story.seenBy(userId));
    }
  }

  private static List<Integer> places(Story story, List<String> ids) {
    return ids.stream().map(story::place).toList();
  }

  private static void same(String what, Object actual, Object expected) {
    if (!Objects.equals(actual, expected)) {
      throw new AssertionError(what + ":\n  actual   " + actual + "\n  expected " + expected);
    }
  }

  private static void isOneOf(String what, String actual, Set<String> expected) {
    if (!expected.contains(actual)) {
      throw new AssertionError(what + " as " + actual + ", not one of " + expected);
    }
  }
}
