package dev.stele.stateres.event;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.stele.stateres.event.PduFields.Refusal;
import dev.stele.stateres.event.PduResult.Reason;
import dev.stele.stateres.json.CanonicalJson;
import dev.stele.stateres.json.InvalidJson;
import dev.stele.stateres.json.StrictJson;
import dev.stele.stateres.sign.Base64Unpadded;
import dev.stele.stateres.version.EventIdFormat;
import dev.stele.stateres.version.RoomVersion;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * An event of a room, well formed by its room version. Immutable and safe for use by several
 * threads: nobody may change the JSON that it was made from or that it hands out.
 *
 * <p>Being well formed says nothing of the event's signatures, its content hash or its right to be
 * in the room.
 */
public final class Pdu {
  private final RoomVersion version;
  private final String eventId;
  private final String roomId;
  private final String type;
  private final @Nullable String stateKey;
  private final String sender;
  private final ObjectNode content;
  private final List<String> prevEvents;
  private final List<String> authEvents;
  private final long depth;
  private final long originServerTs;
  private final @Nullable String redacts;

  /** The whole event; null while it is kept as text. */
  private volatile @Nullable ObjectNode json;

  private volatile @Nullable ObjectNode redacted;

  /** The redacted event; of an event that is kept as text all but its content. */
  private volatile @Nullable String redactedCanonical;

  private volatile @Nullable Boolean contentHashValid;
  private volatile @Nullable String contentJson;

  /** Where the event's id comes from; asked when all fields have proved to be right. */
  @FunctionalInterface
  private interface IdSource {
    String find() throws Refusal;
  }

  private Pdu(PduFields fields, IdSource id) throws Refusal {
    this.version = fields.version();
    this.json = fields.json();
    this.type = fields.type();
    this.stateKey = fields.stateKey();
    this.sender = fields.sender();
    this.content = fields.object("content");
    this.prevEvents = fields.references("prev_events", EventSizes.MAX_PREV_EVENTS);
    this.authEvents = fields.references("auth_events", EventSizes.MAX_AUTH_EVENTS);
    this.depth = fields.depth();
    this.originServerTs = fields.integer("origin_server_ts");
    this.redacts = fields.redacts();
    String givenRoomId = fields.roomId(type);
    this.eventId = id.find();
    this.roomId = givenRoomId == null ? "!" + eventId.substring(1) : givenRoomId;
  }

  /**
   * Reads an event from its wire format, checks its shape and its size, and computes its id.
   *
   * @param version the version of the event's room
   * @param json the event as sent between servers; the caller gives it up
   */
  public static PduResult parse(RoomVersion version, ObjectNode json) {
    try {
      var fields = new PduFields(version, json);
      fields.requireHashesAndSignatures();
      fields.requireRoomIdOfVersion();
      var encoded = new EncodedEvent(version, json);
      encoded.requireSize();
      EncodedEvent.Redacted redacted = encoded.redacted();
      var pdu = new Pdu(fields, () -> findEventId(fields, redacted));
      pdu.keep(redacted, EventHashes.claims(json, encoded.contentHash()));
      return new PduResult.Valid(pdu);
    } catch (InvalidJson e) {
      return new PduResult.Refused(Reason.NOT_CANONICAL, String.valueOf(e.getMessage()));
    } catch (Refusal refusal) {
      return refusal.toResult();
    }
  }

  /**
   * Reads an event whose id is known, as when it comes from the log. The fields' types are checked;
   * size, hashes, canonical form and the form of ids are taken on trust.
   *
   * @param eventId the event's id
   * @param json the event as sent between servers, full or redacted; the caller gives it up
   */
  public static PduResult trusted(RoomVersion version, String eventId, ObjectNode json) {
    try {
      var fields = new PduFields(version, json);
      return new PduResult.Valid(new Pdu(fields, () -> eventId));
    } catch (Refusal refusal) {
      return refusal.toResult();
    }
  }

  /**
   * Reads an event that need not have come from a server: it may lack hashes and signatures, and
   * its id may stand beside it. Its shape, its size and its canonical form are checked.
   *
   * @param eventId the id by which it is known; null for the one that it carries or hashes to
   * @param json the event as sent between servers; the caller gives it up
   */
  public static PduResult named(RoomVersion version, @Nullable String eventId, ObjectNode json) {
    try {
      var fields = new PduFields(version, json);
      var encoded = new EncodedEvent(version, json);
      encoded.requireSize();
      IdSource id = eventId == null ? () -> findEventId(fields, encoded.redacted()) : () -> eventId;
      return new PduResult.Valid(new Pdu(fields, id));
    } catch (InvalidJson e) {
      return new PduResult.Refused(Reason.NOT_CANONICAL, String.valueOf(e.getMessage()));
    } catch (Refusal refusal) {
      return refusal.toResult();
    }
  }

  /** An event just made, whose encoding is at hand. */
  static Pdu built(EncodedEvent encoded, String eventId, EncodedEvent.Redacted redacted)
      throws Refusal {
    var fields = new PduFields(encoded.version(), encoded.json());
    fields.requireRoomIdOfVersion();
    var pdu = new Pdu(fields, () -> eventId);
    pdu.keep(redacted, true);
    if (encoded.version().strictCanonicalJson()) {
      pdu.contentJson = encoded.content();
    }
    return pdu;
  }

  private void keep(EncodedEvent.Redacted form, boolean hashValid) {
    redacted = form.json();
    redactedCanonical = form.canonical();
    contentHashValid = hashValid;
  }

  private static String findEventId(PduFields fields, EncodedEvent.Redacted redacted)
      throws Refusal {
    return fields.version().eventIdFormat() == EventIdFormat.GIVEN
        ? fields.givenEventId()
        : EventHashes.eventId(fields.version(), EventHashes.sha256(redacted.essential()));
  }

  /** The version of the room. */
  public RoomVersion version() {
    return version;
  }

  /** The event's id, of whatever format the room version has. */
  public String eventId() {
    return eventId;
  }

  /** The room's id; of a create event from version 12 on, made from the event's own id. */
  public String roomId() {
    return roomId;
  }

  /** The event's type. */
  public String type() {
    return type;
  }

  /** The state key; null for an event that is no state. */
  public @Nullable String stateKey() {
    return stateKey;
  }

  /** Whether the event has a state key. */
  public boolean isState() {
    return stateKey != null;
  }

  /** Whether the event is state of this type with this key. */
  public boolean isState(String ofType, String withKey) {
    return withKey.equals(stateKey) && type.equals(ofType);
  }

  /**
   * The event's place in the room's state.
   *
   * @throws IllegalStateException if the event is no state
   */
  public StateKey key() {
    if (stateKey == null) {
      throw new IllegalStateException("no state event: " + eventId);
    }
    return new StateKey(type, stateKey);
  }

  /** The user who sent the event. */
  public String sender() {
    return sender;
  }

  /** The content; not to be changed. */
  public ObjectNode content() {
    return content;
  }

  /** The content as JSON text; of an event that was made here, as it was encoded to be hashed. */
  public String contentJson() {
    String known = contentJson;
    return known == null ? content.toString() : known;
  }

  /** The string at a key of the content; null when there is none. */
  public @Nullable String contentText(String key) {
    JsonNode value = content.get(key);
    return value == null ? null : value.textValue();
  }

  /** The ids of the events that came before; at most 20. */
  public List<String> prevEvents() {
    return prevEvents;
  }

  /** The ids of the events that allow this one; at most 10. */
  public List<String> authEvents() {
    return authEvents;
  }

  /** The distance from the room's start that the sender's server claims; never negative. */
  public long depth() {
    return depth;
  }

  /** When the sender's server claims to have made the event, in milliseconds since 1970. */
  public long originServerTs() {
    return originServerTs;
  }

  /** The id of the event that this one redacts, wherever the room version puts it. */
  public @Nullable String redacts() {
    return redacts;
  }

  /** The full event in federation format; not to be changed. */
  public ObjectNode json() {
    ObjectNode known = json;
    return known == null ? unpacked() : known;
  }

  private ObjectNode unpacked() {
    ObjectNode whole = StrictJson.parseObject(Objects.requireNonNull(redactedCanonical));
    whole.set("content", content);
    return whole;
  }

  /** The redacted event in federation format; not to be changed. */
  public ObjectNode redactedJson() {
    ObjectNode known = redacted;
    if (known == null) {
      known = Redaction.redact(version, json());
      redacted = known;
    }
    return known;
  }

  /** The Canonical JSON of the redacted event with its hashes and signatures. */
  public String redactedCanonical() {
    String known = redactedCanonical;
    if (known == null) {
      known = CanonicalJson.encodeToString(redactedJson(), EventHashes.numbersOf(version));
      redactedCanonical = known;
    }
    return known;
  }

  /**
   * Keeps as text, or not at all, what is needed to make an event, to check it and to store it, and
   * rarely afterwards: it is worked out again when somebody asks. As objects it takes most of an
   * event's memory, and of the time to collect garbage around it.
   */
  public synchronized void pack() {
    ObjectNode whole = json;
    ObjectNode kept = redacted;
    redacted = null;
    if (whole != null) {
      boolean sufficient =
          kept != null && redactedCanonical != null && isContentAllThatDiffers(whole, kept);
      if (sufficient) {
        json = null;
      } else {
        redactedCanonical = null;
      }
    }
  }

  private boolean isContentAllThatDiffers(ObjectNode whole, ObjectNode kept) {
    return version.strictCanonicalJson() && whole.size() == kept.size();
  }

  /**
   * The reference hash, in unpadded Base64. Events of versions 1 and 2 refer to others by id and
   * this.
   */
  public String referenceHash() {
    byte[] essential = EventHashes.essentialBytes(version, redactedJson());
    return Base64Unpadded.encode(EventHashes.sha256(essential));
  }

  /** What redaction would remove; null when the event has nothing of the kind. */
  public @Nullable ObjectNode erasable() {
    return Erasable.removed(json(), redactedJson());
  }

  /** Whether redaction would remove the content as a whole, and nothing else. */
  public boolean isContentAllThatIsErasable() {
    ObjectNode kept = redactedJson();
    return kept.size() == json().size() && kept.path("content").isEmpty() && !content.isEmpty();
  }

  /** Whether the content hash that the event carries is that of its content. */
  public boolean hasValidContentHash() {
    Boolean known = contentHashValid;
    if (known == null) {
      known = EventHashes.claims(json(), EventHashes.contentHash(version, json()));
      contentHashValid = known;
    }
    return known;
  }

  /** The same event without what redaction removes. */
  public Pdu redactedPdu() {
    return trusted(version, eventId, redactedJson()).orThrow();
  }

  @Override
  public boolean equals(@Nullable Object other) {
    return other instanceof Pdu pdu
        && pdu.eventId.equals(eventId)
        && pdu.redactedCanonical().equals(redactedCanonical())
        && Objects.equals(canonicalOf(pdu.erasable()), canonicalOf(erasable()));
  }

  private static @Nullable String canonicalOf(@Nullable ObjectNode part) {
    return part == null ? null : CanonicalJson.encodeToString(part, CanonicalJson.Numbers.LENIENT);
  }

  @Override
  public int hashCode() {
    return eventId.hashCode();
  }

  @Override
  public String toString() {
    return type + (stateKey == null ? "" : "|" + stateKey) + " " + eventId;
  }
}
