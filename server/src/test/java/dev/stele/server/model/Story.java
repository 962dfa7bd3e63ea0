package dev.stele.server.model;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/**
 * All that happened in one room, in order, and who may see which of it: the rules of "Room history
 * visibility" in the Client-server API, written down a second time.
 */
final class Story {
  private static final String JOIN = "join";

  private final String roomId;
  private final List<Told> events = new ArrayList<>();
  private final Map<String, Integer> places = new HashMap<>();
  private final Map<String, TreeMap<Integer, String>> memberships = new HashMap<>();
  private final TreeMap<Integer, String> visibilities = new TreeMap<>();

  /** The ids of redactions by what they redact. */
  private final Map<String, String> redactions = new HashMap<>();

  private final Set<String> forgottenBy = new HashSet<>();

  Story(String roomId) {
    this.roomId = roomId;
  }

  String roomId() {
    return roomId;
  }

  List<Told> events() {
    return events;
  }

  void add(Told event) {
    int place = events.size();
    if (places.put(event.id(), place) != null) {
      throw new AssertionError("told twice: " + event);
    }
    events.add(event);
    if (event.type().equals(Told.MEMBER) && event.isState()) {
      memberships
          .computeIfAbsent(event.stateKey(), user -> new TreeMap<>())
          .put(place, event.content().path("membership").asText());
      forgottenBy.remove(event.stateKey());
    } else if (event.type().equals("m.room.history_visibility")) {
      visibilities.put(place, event.content().path("history_visibility").asText());
    }
  }

  boolean knows(String eventId) {
    return places.containsKey(eventId);
  }

  int place(String eventId) {
    return places.get(eventId);
  }

  String placeOrNone(String eventId) {
    return eventId == null ? "missing" : String.valueOf(places.get(eventId));
  }

  /** What happened, for a person to read; a user sees the lines with a star. */
  String seenBy(String userId) {
    StringBuilder lines = new StringBuilder();
    for (int i = 0; i < events.size(); i++) {
      Told event = events.get(i);
      lines
          .append(reaches(userId, i) ? "  * " : "    ")
          .append(i + " " + event.sender() + " " + event.type())
          .append(event.isState() ? "|" + event.stateKey() : "")
          .append(" " + brief(event) + " " + event.id() + "\n");
    }
    return lines.toString();
  }

  private static String brief(Told event) {
    String content = event.content().toString();
    return content.substring(0, Math.min(content.length(), 60));
  }

  void redact(String eventId, String redaction) {
    redactions.put(eventId, redaction);
  }

  boolean isRedacted(String eventId) {
    return redactions.containsKey(eventId);
  }

  /** What redacts an event; null if nothing does. */
  String redactionOf(String eventId) {
    return redactions.get(eventId);
  }

  /** The ids of all events that are redacted. */
  Set<String> redacted() {
    return redactions.keySet();
  }

  void forget(String userId) {
    forgottenBy.add(userId);
  }

  boolean isForgottenBy(String userId) {
    return forgottenBy.contains(userId);
  }

  /** The membership after everything; null if there never was one. */
  String membership(String userId) {
    return membershipAfter(userId, events.size());
  }

  /** The membership after an event. */
  String membershipAfter(String userId, int place) {
    var held = memberships.getOrDefault(userId, new TreeMap<>()).floorEntry(place);
    return held == null ? null : held.getValue();
  }

  boolean isJoined(String userId) {
    return JOIN.equals(membership(userId));
  }

  Set<String> joined() {
    Set<String> joined = new HashSet<>(memberships.keySet());
    joined.removeIf(user -> !isJoined(user));
    return joined;
  }

  /** The user's newest member event; null if there is none. */
  Told memberEvent(String userId) {
    var changes = memberships.get(userId);
    return changes == null ? null : events.get(changes.lastKey());
  }

  /** The user's memberships, and who gave each, for a person to read. */
  String lifeOf(String userId) {
    StringBuilder life = new StringBuilder();
    memberships
        .getOrDefault(userId, new TreeMap<>())
        .forEach(
            (place, membership) ->
                life.append(place + " " + membership + " by " + events.get(place).sender() + "; "));
    return life.toString();
  }

  /** The place of the event by which the user was in the room no more; -1 if there is none. */
  int departure(String userId) {
    int departure = -1;
    String before = null;
    for (var change : memberships.getOrDefault(userId, new TreeMap<>()).entrySet()) {
      if (JOIN.equals(before) && !JOIN.equals(change.getValue())) {
        departure = change.getKey();
      }
      before = change.getValue();
    }
    return departure;
  }

  /** The place of the event by which the user came to be in the room without a break since. */
  int joinedSince(String userId) {
    int since = events.size();
    for (var change :
        memberships.getOrDefault(userId, new TreeMap<>()).descendingMap().entrySet()) {
      if (!JOIN.equals(change.getValue())) {
        break;
      }
      since = change.getKey();
    }
    return since;
  }

  boolean worldReadable() {
    return !visibilities.isEmpty() && visibilities.lastEntry().getValue().equals("world_readable");
  }

  /** The event ids of the state after an event, by what they are the state of. */
  Map<String, String> stateAfter(int place) {
    Map<String, String> state = new LinkedHashMap<>();
    for (Told event : events.subList(0, Math.min(place + 1, events.size()))) {
      if (event.isState()) {
        state.put(event.slot(), event.id());
      }
    }
    return state;
  }

  Map<String, String> state() {
    return stateAfter(events.size());
  }

  /**
   * Whether the user may see an event. Of the visibility and of the user's own membership both what
   * was before the event and what it made of them count. Whoever has forgotten the room is a
   * stranger to it.
   */
  boolean reaches(String userId, int place) {
    String viewer = isForgottenBy(userId) ? "" : userId;
    return allows(viewer, place, place - 1) || allows(viewer, place, place);
  }

  private boolean allows(String userId, int place, int asOf) {
    var held = visibilities.floorEntry(asOf);
    String visibility = held == null ? "shared" : held.getValue();
    String membership = membershipAfter(userId, asOf);
    if (visibility.equals("world_readable") || JOIN.equals(membership)) {
      return true;
    }
    boolean joinedLater =
        memberships.getOrDefault(userId, new TreeMap<>()).tailMap(place, false).containsValue(JOIN);
    return joinedLater
        && (visibility.equals("shared")
            || (visibility.equals("invited") && "invite".equals(membership)));
  }
}
