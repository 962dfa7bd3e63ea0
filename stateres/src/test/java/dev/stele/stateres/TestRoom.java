package dev.stele.stateres;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.stele.stateres.auth.AuthEventTypes;
import dev.stele.stateres.auth.AuthRules;
import dev.stele.stateres.auth.AuthVerdict;
import dev.stele.stateres.event.EventSource;
import dev.stele.stateres.event.EventType;
import dev.stele.stateres.event.Pdu;
import dev.stele.stateres.event.PduBuilder;
import dev.stele.stateres.event.StateKey;
import dev.stele.stateres.json.StrictJson;
import dev.stele.stateres.resolve.StateMap;
import dev.stele.stateres.resolve.StateResolver;
import dev.stele.stateres.sign.Signer;
import dev.stele.stateres.version.RoomVersion;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** A room of real events for tests, whose history may fork. Time goes one millisecond an event. */
public final class TestRoom implements EventSource {
  public static final String ALICE = "@alice:a.org";
  public static final String BOB = "@bob:b.org";
  public static final String CHARLIE = "@charlie:c.org";
  public static final String EVELYN = "@evelyn:e.org";

  private static final Signer NO_SIGNER =
      new Signer() {
        @Override
        public String keyId() {
          return "ed25519:test";
        }

        @Override
        public byte[] sign(byte[] message) {
          return new byte[64];
        }
      };

  private final RoomVersion version;
  private final Map<String, Pdu> events = new LinkedHashMap<>();
  private final Set<String> rejected = new HashSet<>();
  private @Nullable String roomId;
  private long time = 1_000_000;

  public TestRoom(RoomVersion version) {
    this.version = version;
    this.roomId = version.roomIdIsCreateHash() ? null : "!room:a.org";
  }

  /** A line of history: the state after its last event. */
  public record Line(StateMap<String> state, List<String> tips, long depth) {
    public String get(String type, String stateKey) {
      return state.get(type, stateKey);
    }
  }

  /** A room made by Alice, with her joined. */
  public Line create() {
    return create("{}");
  }

  public Line create(String content) {
    ObjectNode object = StrictJson.parseObject(content);
    object.put("room_version", version.id());
    if (version.creatorInContent()) {
      object.put("creator", ALICE);
    }
    var start = new Line(StateMap.empty(), List.of(), 0);
    Pdu create = build(start, EventType.CREATE, "", ALICE, object);
    events.put(create.eventId(), create);
    roomId = create.roomId();
    return join(after(start, create), ALICE);
  }

  /** A public room in which Alice has level 100 (or made it), Bob 50, and all four are joined. */
  public Line populated() {
    Line line = create();
    line = levels(line, ALICE, 100, 50);
    line = joinRule(line, ALICE, "public");
    return join(join(join(line, BOB), CHARLIE), EVELYN);
  }

  public Line levels(Line line, String sender, int alice, int bob) {
    String ofAlice = version.creatorsArePrivileged() ? "" : "\"" + ALICE + "\":" + alice + ",";
    return send(
        line,
        EventType.POWER_LEVELS,
        "",
        sender,
        "{\"users\":{" + ofAlice + "\"" + BOB + "\":" + bob + "}}");
  }

  public Line join(Line line, String user) {
    return member(line, user, user, "join");
  }

  public Line member(Line line, String sender, String target, String membership) {
    return send(line, EventType.MEMBER, target, sender, "{\"membership\":\"" + membership + "\"}");
  }

  public Line joinRule(Line line, String sender, String rule) {
    return send(line, EventType.JOIN_RULES, "", sender, "{\"join_rule\":\"" + rule + "\"}");
  }

  public Line topic(Line line, String sender, String topic) {
    return send(line, "m.room.topic", "", sender, "{\"topic\":\"" + topic + "\"}");
  }

  /** Sends a state event, allowed or not, which then is the line's state. */
  public Line send(Line line, String type, String stateKey, String sender, String content) {
    return after(line, propose(line, type, stateKey, sender, content));
  }

  /** Makes an event that the line does not take in. */
  public Pdu propose(
      Line line, String type, @Nullable String stateKey, String sender, String content) {
    Pdu event = build(line, type, stateKey, sender, StrictJson.parseObject(content));
    events.put(event.eventId(), event);
    return event;
  }

  public Line after(Line line, Pdu event) {
    StateMap<String> state =
        event.isState() ? line.state.put(event.key(), event.eventId()) : line.state;
    return new Line(state, List.of(event.eventId()), line.depth + 1);
  }

  /** Whether the line's state allows the event. */
  public AuthVerdict check(Line line, Pdu event) {
    return AuthRules.check(event, key -> stateEvent(line, key));
  }

  private @Nullable Pdu stateEvent(Line line, StateKey key) {
    String id = line.state.get(key);
    return id == null ? null : events.get(id);
  }

  public StateMap<String> resolve(Line... lines) {
    var states = new ArrayList<StateMap<String>>();
    for (Line line : lines) {
      states.add(line.state);
    }
    return StateResolver.resolve(version, states, this);
  }

  /** Lets lines meet. */
  public Line merge(Line... lines) {
    var tips = new ArrayList<String>();
    long depth = 0;
    for (Line line : lines) {
      tips.addAll(line.tips);
      depth = Math.max(depth, line.depth);
    }
    return new Line(resolve(lines), tips, depth);
  }

  private Pdu build(
      Line line, String type, @Nullable String stateKey, String sender, ObjectNode content) {
    var auth = new ArrayList<String>();
    for (StateKey key : AuthEventTypes.select(version, type, sender, stateKey, content)) {
      String id = line.state.get(key);
      if (id != null) {
        auth.add(id);
      }
    }
    return new PduBuilder(version, type, sender)
        .roomId(roomId)
        .stateKey(stateKey)
        .content(content)
        .prevEvents(line.tips, this::referenceHash)
        .authEvents(auth, this::referenceHash)
        .depth(line.depth + 1)
        .originServerTs(time++)
        .build("a.org", NO_SIGNER)
        .orThrow();
  }

  private String referenceHash(String eventId) {
    return events.get(eventId).referenceHash();
  }

  /** Sets the clock, in milliseconds. */
  public void setTime(long millis) {
    time = millis;
  }

  /** Every event made so far, oldest first. */
  public Collection<Pdu> all() {
    return events.values();
  }

  public void reject(String eventId) {
    rejected.add(eventId);
  }

  public RoomVersion version() {
    return version;
  }

  @Override
  public @Nullable Pdu get(String eventId) {
    return events.get(eventId);
  }

  @Override
  public boolean isRejected(String eventId) {
    return rejected.contains(eventId);
  }
}
