package dev.stele.server.scale;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.stele.server.record.RoomEvent;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/**
 * What happens in a room: messages, replies, threads, reactions, edits, redactions, people who
 * come, go and change their names. The same seed gives the same conversation. Not thread-safe.
 */
final class Conversation {
  private static final int RECENT = 200;
  private static final String[] REACTIONS = {"👍", "❤️", "🎉", "😄", "👀"};

  private final EventChain room;
  private final RandomGenerator random;
  private final Speech speech;
  private final List<Integer> in = new ArrayList<>();
  private final List<Integer> out = new ArrayList<>();
  private final BitSet present = new BitSet();
  private final Said[] recent = new Said[RECENT];
  private int said;

  /**
   * How much of what happens is about people who come and go, and how much about other state; each
   * in thousandths.
   */
  record Mix(int members, int state) {}

  /** A message that others may refer to. */
  private record Said(String eventId, int sender) {}

  /**
   * @param outside numbers of users who may come in
   */
  Conversation(EventChain room, RandomGenerator random, List<Integer> outside) {
    this.room = room;
    this.random = random;
    this.speech = new Speech(random);
    this.out.addAll(outside);
  }

  /** The room's first events, after which anybody may come in. */
  List<RoomEvent> begin(String name, String creatorName) {
    String creator = room.creator();
    boolean listed = !room.version().roomIdIsCreateHash();
    ObjectNode levels = EventChain.object();
    ObjectNode users = levels.putObject("users");
    if (listed) {
      users.put(creator, 100);
    }
    return List.of(
        room.create(),
        room.member(creator, creator, "join", creatorName),
        room.state("m.room.power_levels", "", creator, levels.put("state_default", 50)),
        room.state(
            "m.room.join_rules", "", creator, EventChain.object().put("join_rule", "public")),
        room.state(
            "m.room.history_visibility",
            "",
            creator,
            EventChain.object().put("history_visibility", "shared")),
        room.state("m.room.name", "", creator, EventChain.object().put("name", name)));
  }

  /** Somebody from outside comes in. */
  RoomEvent join() {
    int user = take(out, random.nextInt(out.size()));
    in.add(user);
    present.set(user);
    return member(user, "join", People.displayName(user));
  }

  /** Whatever happens next. */
  RoomEvent next(Mix mix) {
    int dice = random.nextInt(1_000);
    if (in.isEmpty() || dice < mix.members) {
      return change();
    }
    return dice < mix.members + mix.state ? state() : speak();
  }

  private RoomEvent change() {
    int dice = random.nextInt(10);
    if (!out.isEmpty() && (dice < 5 || in.size() < 2)) {
      return join();
    }
    if (in.isEmpty()) {
      return state();
    }
    int place = random.nextInt(in.size());
    if (dice < 8 && in.size() > 1) {
      int user = take(in, place);
      out.add(user);
      present.clear(user);
      return member(user, "leave", null);
    }
    int user = in.get(place);
    return member(user, "join", People.displayName(user) + " " + speech.word());
  }

  private RoomEvent state() {
    return random.nextInt(4) > 0
        ? room.state(
            "m.room.topic", "", room.creator(), EventChain.object().put("topic", speech.sentence()))
        : room.state(
            "m.room.name", "", room.creator(), EventChain.object().put("name", speech.word()));
  }

  private RoomEvent speak() {
    int sender = sender();
    int dice = random.nextInt(100);
    Said other = recent();
    if (other == null || dice < 66 || !present.get(other.sender)) {
      return remember(message(sender, text(speech.sentence())), sender);
    }
    if (dice < 80) {
      return room.message("m.reaction", People.id(sender), reaction(other.eventId));
    }
    if (dice < 85) {
      ObjectNode reply = text(speech.sentence());
      reply.putObject("m.relates_to").putObject("m.in_reply_to").put("event_id", other.eventId);
      return remember(message(sender, reply), sender);
    }
    if (dice < 91) {
      ObjectNode threaded = text(speech.sentence());
      var unused = relate(threaded, "m.thread", other.eventId);
      return message(sender, threaded);
    }
    if (dice < 96) {
      return message(other.sender, edit(other.eventId));
    }
    if (dice < 98) {
      String url = "mxc://" + GeneratedLog.SERVER + "/" + Long.toHexString(random.nextLong());
      return message(sender, text("image.png").put("msgtype", "m.image").put("url", url));
    }
    return room.redaction(People.id(other.sender), other.eventId);
  }

  private ObjectNode edit(String eventId) {
    ObjectNode edit = text("* " + speech.sentence());
    edit.set("m.new_content", text(speech.sentence()));
    var unused = relate(edit, "m.replace", eventId);
    return edit;
  }

  /** Few say much, and most say little. */
  private int sender() {
    int rank = (int) Math.pow(in.size(), random.nextDouble());
    return in.get(Math.min(rank, in.size() - 1));
  }

  private @Nullable Said recent() {
    return said == 0 ? null : recent[random.nextInt(Math.min(said, RECENT))];
  }

  private RoomEvent remember(RoomEvent event, int sender) {
    recent[said++ % RECENT] = new Said(event.eventId(), sender);
    return event;
  }

  private RoomEvent message(int sender, ObjectNode content) {
    return room.message("m.room.message", People.id(sender), content);
  }

  private RoomEvent member(int user, String membership, @Nullable String name) {
    String id = People.id(user);
    return room.member(id, id, membership, name);
  }

  private static ObjectNode text(String body) {
    return EventChain.object().put("msgtype", "m.text").put("body", body);
  }

  private ObjectNode reaction(String eventId) {
    ObjectNode content = EventChain.object();
    relate(content, "m.annotation", eventId)
        .put("key", REACTIONS[random.nextInt(REACTIONS.length)]);
    return content;
  }

  private static ObjectNode relate(ObjectNode content, String type, String eventId) {
    return content.putObject("m.relates_to").put("rel_type", type).put("event_id", eventId);
  }

  /** Takes out one of many without moving the others. */
  private static int take(List<Integer> from, int place) {
    int last = from.size() - 1;
    int taken = from.set(place, from.get(last));
    from.remove(last);
    return taken;
  }
}
