package dev.stele.server.scale;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.stele.server.record.RoomEvent;
import dev.stele.stateres.auth.AuthEventTypes;
import dev.stele.stateres.event.Pdu;
import dev.stele.stateres.event.PduBuilder;
import dev.stele.stateres.event.StateKey;
import dev.stele.stateres.sign.Signer;
import dev.stele.stateres.version.RoomVersion;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/**
 * A room that is written event by event, each of which refers to the one before it, as a server's
 * own events do, but for those {@link #apart} from it, as events of two servers are. Valid, hashed
 * and signed; whether the room's rules allow an event is for the caller to know. Not thread-safe.
 */
final class EventChain {
  private static final JsonNodeFactory JSON = JsonNodeFactory.instance;
  private static final String NUMBER = "dev.stele.number";

  private final RoomVersion version;
  private final Signer signer;
  private final LongSupplier clock;
  private final String creator;
  private final Map<StateKey, String> state = new HashMap<>();
  private final RoomEvent create;
  private List<String> extremities;
  private long depth = 1;
  private Latest latest;

  /** The event that the next one is apart from, or null. */
  private @Nullable String aside;

  /**
   * @param content what the create event says, which is other than in any other room of the log
   * @param clock gives the time of each event
   */
  EventChain(
      RoomVersion version, Signer signer, ObjectNode content, String creator, LongSupplier clock) {
    this.version = version;
    this.signer = signer;
    this.clock = clock;
    this.creator = creator;
    boolean derived = version.roomIdIsCreateHash();
    Pdu pdu =
        new PduBuilder(version, "m.room.create", creator)
            .roomId(derived ? null : "!room" + content.path(NUMBER) + ":" + GeneratedLog.SERVER)
            .stateKey("")
            .content(content.put("room_version", version.id()))
            .depth(1)
            .originServerTs(clock.getAsLong())
            .build(GeneratedLog.SERVER, signer)
            .orThrow();
    this.create = new RoomEvent(pdu, null, null, null, false);
    this.extremities = List.of(pdu.eventId());
    this.latest = new Latest(extremities, null, true);
    state.put(pdu.key(), pdu.eventId());
  }

  /**
   * What came last.
   *
   * @param before what it refers to
   * @param eventId its id, or null before the first
   * @param fixed whether what comes next has to refer to it
   */
  private record Latest(List<String> before, @Nullable String eventId, boolean fixed) {}

  /**
   * Lets the next event refer to what the last one refers to, as if another server had made it at
   * the same time; the one after it refers to both.
   *
   * @return whether that can be: the last event is a message, and follows no fork
   */
  boolean apart() {
    String eventId = latest.eventId;
    if (eventId == null || latest.fixed) {
      return false;
    }
    extremities = latest.before;
    depth--;
    aside = eventId;
    return true;
  }

  /** The create event. */
  RoomEvent create() {
    return create;
  }

  String roomId() {
    return create.roomId();
  }

  String creator() {
    return creator;
  }

  RoomVersion version() {
    return version;
  }

  /** The room's next message. */
  RoomEvent message(String type, String sender, ObjectNode content) {
    return next(new PduBuilder(version, type, sender), type, sender, null, content);
  }

  /** The room's next event, a piece of state. */
  RoomEvent state(String type, String stateKey, String sender, ObjectNode content) {
    return next(
        new PduBuilder(version, type, sender).stateKey(stateKey), type, sender, stateKey, content);
  }

  /** The room's next event, which takes away what another one of the sender's says. */
  RoomEvent redaction(String sender, String eventId) {
    String type = "m.room.redaction";
    return next(
        new PduBuilder(version, type, sender).redacts(eventId), type, sender, null, object());
  }

  /** A change of somebody's membership. */
  RoomEvent member(String userId, String sender, String membership, @Nullable String name) {
    ObjectNode content = object().put("membership", membership);
    if (name != null) {
      content.put("displayname", name);
    }
    return state("m.room.member", userId, sender, content);
  }

  private RoomEvent next(
      PduBuilder event, String type, String sender, @Nullable String stateKey, ObjectNode content) {
    List<String> auth =
        AuthEventTypes.select(version, type, sender, stateKey, content).stream()
            .map(state::get)
            .filter(Objects::nonNull)
            .toList();
    Pdu pdu =
        event
            .roomId(roomId())
            .content(content)
            .prevEvents(extremities)
            .authEvents(auth)
            .depth(++depth)
            .originServerTs(clock.getAsLong())
            .build(GeneratedLog.SERVER, signer)
            .orThrow();
    String eventId = pdu.eventId();
    boolean forks = aside != null || extremities.size() > 1;
    latest = new Latest(extremities, eventId, stateKey != null || forks);
    extremities = aside == null ? List.of(eventId) : List.of(aside, eventId);
    aside = null;
    String replaced = stateKey == null ? null : state.put(pdu.key(), eventId);
    String redacts = type.equals("m.room.redaction") ? pdu.redacts() : null;
    return new RoomEvent(pdu, null, redacts, replaced, false);
  }

  /** What the create event of a log's n-th room says. */
  static ObjectNode number(int number) {
    return object().put(NUMBER, number);
  }

  static ObjectNode object() {
    return JSON.objectNode();
  }
}
