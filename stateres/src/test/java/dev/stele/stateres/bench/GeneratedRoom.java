package dev.stele.stateres.bench;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.stele.stateres.auth.AuthEventTypes;
import dev.stele.stateres.event.EventSource;
import dev.stele.stateres.event.EventType;
import dev.stele.stateres.event.Pdu;
import dev.stele.stateres.event.StateKey;
import dev.stele.stateres.resolve.StateMap;
import dev.stele.stateres.version.RoomVersion;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;

/**
 * A room as large public ones are: it grows along one line, then forks into lines that each go on
 * for a while. Of a line's events seven in ten are joins, the rest are new profiles, topics, bans,
 * kicks and changes of power. The same arguments give the same room.
 */
public final class GeneratedRoom implements EventSource {
  private static final String ADMIN = "@admin:example.org";
  private static final int MODERATORS = 8;

  private final RoomVersion version;
  private final Random random;
  private final Map<String, Pdu> events = new HashMap<>();
  private final List<StateMap<String>> states = new ArrayList<>();
  private String roomId = "!room:example.org";
  private StateMap<String> state = StateMap.empty();
  private int made;
  private int users;
  private int levels;

  /**
   * Makes a room.
   *
   * @param before how many events come before the fork
   * @param after how many state events come after it, on all lines together
   * @param width how many lines there are
   */
  public GeneratedRoom(RoomVersion version, int before, int after, int width) {
    this.version = version;
    this.random = new Random(17);
    found();
    for (int i = 0; i < before; i++) {
      act(i);
    }
    StateMap<String> base = state;
    for (int line = 0; line < width; line++) {
      state = base;
      for (int i = 0; i < after / width; i++) {
        act(i);
      }
      states.add(state);
    }
  }

  private void found() {
    ObjectNode create = JsonNodeFactory.instance.objectNode().put("room_version", version.id());
    if (version.creatorInContent()) {
      create.put("creator", ADMIN);
    }
    send(EventType.CREATE, "", ADMIN, create);
    member(ADMIN, ADMIN, "join");
    changePower();
    ObjectNode rule = JsonNodeFactory.instance.objectNode().put("join_rule", "public");
    send(EventType.JOIN_RULES, "", ADMIN, rule);
    for (int i = 0; i < MODERATORS; i++) {
      member(moderator(i), moderator(i), "join");
    }
  }

  private static String moderator(int number) {
    return "@moderator" + number + ":m" + number + ".example.org";
  }

  private static String user(int number) {
    return "@user" + number + ":s" + number % 100 + ".example.org";
  }

  private void act(int step) {
    String moderator = moderator(random.nextInt(MODERATORS));
    int choice = random.nextInt(100);
    if (choice < 70 || users < 10) {
      String joining = user(users++);
      member(joining, joining, "join");
    } else if (choice < 85) {
      profile(user(users - 1 - random.nextInt(Math.min(users, 50))), step);
    } else if (choice < 93) {
      ObjectNode topic = JsonNodeFactory.instance.objectNode().put("topic", "topic " + step);
      send("m.room.topic", "", moderator, topic);
    } else if (choice < 98) {
      String target = user(random.nextInt(users));
      member(moderator, target, random.nextBoolean() ? "ban" : "leave");
    } else {
      changePower();
    }
  }

  private void profile(String user, int step) {
    Pdu current = at(StateKey.member(user));
    if (current != null && "join".equals(current.contentText("membership"))) {
      ObjectNode content = JsonNodeFactory.instance.objectNode().put("membership", "join");
      send(EventType.MEMBER, user, user, content.put("displayname", "name " + step));
    }
  }

  private void member(String sender, String target, String membership) {
    ObjectNode content = JsonNodeFactory.instance.objectNode().put("membership", membership);
    send(EventType.MEMBER, target, sender, content);
  }

  private void changePower() {
    ObjectNode content = JsonNodeFactory.instance.objectNode();
    ObjectNode named = content.putObject("users");
    if (!version.creatorsArePrivileged()) {
      named.put(ADMIN, 100);
    }
    for (int i = 0; i < MODERATORS; i++) {
      named.put(moderator(i), 50);
    }
    content.putObject("events").put("org.example.change", levels++ % 50);
    send(EventType.POWER_LEVELS, "", ADMIN, content);
  }

  private Pdu at(StateKey key) {
    String id = state.get(key);
    return id == null ? null : events.get(id);
  }

  private void send(String type, String stateKey, String sender, ObjectNode content) {
    String id = "$" + String.format("%043d", made++);
    ObjectNode json = JsonNodeFactory.instance.objectNode();
    json.put("type", type).put("state_key", stateKey).put("sender", sender);
    json.put("room_id", roomId).put("depth", made).put("origin_server_ts", 1_000_000L + made);
    json.set("content", content);
    json.putArray("prev_events");
    ArrayNode auth = json.putArray("auth_events");
    for (StateKey key : AuthEventTypes.select(version, type, sender, stateKey, content)) {
      String listed = state.get(key);
      if (listed != null) {
        auth.add(listed);
      }
    }
    Pdu event = Pdu.trusted(version, id, json).orThrow();
    if (type.equals(EventType.CREATE)) {
      roomId = event.roomId();
    }
    events.put(id, event);
    state = state.put(event.key(), id);
  }

  /** The state of each line. */
  public List<StateMap<String>> states() {
    return states;
  }

  /** How many events the room has. */
  public int size() {
    return made;
  }

  @Override
  public Pdu get(String eventId) {
    return events.get(eventId);
  }
}
