package dev.stele.stateres.event;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.google.errorprone.annotations.CanIgnoreReturnValue;
import dev.stele.stateres.event.PduFields.Refusal;
import dev.stele.stateres.event.PduResult.Reason;
import dev.stele.stateres.json.CanonicalJson;
import dev.stele.stateres.json.InvalidJson;
import dev.stele.stateres.sign.Base64Unpadded;
import dev.stele.stateres.sign.JsonSignatures;
import dev.stele.stateres.sign.Signer;
import dev.stele.stateres.version.EventIdFormat;
import dev.stele.stateres.version.RoomVersion;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/**
 * Makes an event: fills in its hashes, signs it and computes its id. Not for use by several
 * threads.
 *
 * <pre>{@code
 * PduResult made = new PduBuilder(RoomVersion.V12, "m.room.message", "@alice:example.org")
 *     .roomId(room).content(content).prevEvents(extremities).authEvents(auth)
 *     .depth(7).originServerTs(now)
 *     .build("example.org", key);
 * }</pre>
 */
public final class PduBuilder {
  private static final JsonNodeFactory JSON = JsonNodeFactory.instance;
  private static final int GIVEN_ID_BYTES = 18;

  private final RoomVersion version;
  private final String type;
  private final String sender;
  private @Nullable String roomId;
  private @Nullable String stateKey;
  private @Nullable String redacts;
  private ObjectNode content = JSON.objectNode();
  private Map<String, String> prevEvents = Map.of();
  private Map<String, String> authEvents = Map.of();
  private long depth;
  private long originServerTs;

  /** Starts an event without state key, with an empty content and no references. */
  public PduBuilder(RoomVersion version, String type, String sender) {
    this.version = version;
    this.type = type;
    this.sender = sender;
  }

  /** The room. The create event of a version 12 room has none. */
  @CanIgnoreReturnValue
  public PduBuilder roomId(@Nullable String value) {
    roomId = value;
    return this;
  }

  /** Makes the event state; null makes it none. */
  @CanIgnoreReturnValue
  public PduBuilder stateKey(@Nullable String value) {
    stateKey = value;
    return this;
  }

  /** The content; the caller gives it up. */
  @CanIgnoreReturnValue
  public PduBuilder content(ObjectNode value) {
    content = value;
    return this;
  }

  /** The event that this one redacts; put where the room version wants it. */
  @CanIgnoreReturnValue
  public PduBuilder redacts(@Nullable String value) {
    redacts = value;
    return this;
  }

  /** The events before this one: room version 3 and later. */
  @CanIgnoreReturnValue
  public PduBuilder prevEvents(List<String> ids) {
    prevEvents = withHashes(ids, id -> "");
    return this;
  }

  /**
   * The events before this one: any room version.
   *
   * @param referenceHashOf finds an event's {@link Pdu#referenceHash}; asked in versions 1 and 2
   */
  @CanIgnoreReturnValue
  public PduBuilder prevEvents(List<String> ids, UnaryOperator<String> referenceHashOf) {
    prevEvents = withHashes(ids, referenceHashOf);
    return this;
  }

  /** The events that allow this one: room version 3 and later. */
  @CanIgnoreReturnValue
  public PduBuilder authEvents(List<String> ids) {
    authEvents = withHashes(ids, id -> "");
    return this;
  }

  /**
   * The events that allow this one: any room version.
   *
   * @param referenceHashOf finds an event's {@link Pdu#referenceHash}; asked in versions 1 and 2
   */
  @CanIgnoreReturnValue
  public PduBuilder authEvents(List<String> ids, UnaryOperator<String> referenceHashOf) {
    authEvents = withHashes(ids, referenceHashOf);
    return this;
  }

  /** One more than the greatest depth of the previous events. */
  @CanIgnoreReturnValue
  public PduBuilder depth(long value) {
    depth = Math.min(value, CanonicalJson.MAX_INTEGER);
    return this;
  }

  /** The time of sending, in milliseconds since 1970. */
  @CanIgnoreReturnValue
  public PduBuilder originServerTs(long value) {
    originServerTs = value;
    return this;
  }

  /**
   * Makes the event, signed by one server.
   *
   * @param origin the server that signs
   */
  public PduResult build(String origin, Signer signer) {
    try {
      return new PduResult.Valid(hashAndSign(toJson(), origin, signer));
    } catch (InvalidJson e) {
      return new PduResult.Refused(Reason.NOT_CANONICAL, String.valueOf(e.getMessage()));
    } catch (Refusal refusal) {
      return refusal.toResult();
    }
  }

  /** The event as built so far, without hashes and signatures, as in {@code make_join} answers. */
  public ObjectNode template() {
    return toJson();
  }

  private ObjectNode toJson() {
    ObjectNode json = JSON.objectNode();
    json.put("type", type).put("sender", sender).put("depth", depth);
    json.put("origin_server_ts", originServerTs);
    if (roomId != null) {
      json.put("room_id", roomId);
    }
    if (stateKey != null) {
      json.put("state_key", stateKey);
    }
    json.set("content", contentWithRedacts());
    if (redacts != null && !version.redactsInContent()) {
      json.put("redacts", redacts);
    }
    json.set("prev_events", references(prevEvents));
    json.set("auth_events", references(authEvents));
    return json;
  }

  private ObjectNode contentWithRedacts() {
    if (redacts == null || !version.redactsInContent()) {
      return content;
    }
    ObjectNode with = JSON.objectNode();
    var unused = with.setAll(content);
    return with.put("redacts", redacts);
  }

  private ArrayNode references(Map<String, String> hashesById) {
    ArrayNode array = JSON.arrayNode();
    hashesById.forEach(
        (id, hash) -> {
          if (version.eventReferencesCarryHashes()) {
            array.addArray().add(id).addObject().put("sha256", hash);
          } else {
            array.add(id);
          }
        });
    return array;
  }

  private Pdu hashAndSign(ObjectNode json, String origin, Signer signer) throws Refusal {
    var encoded = new EncodedEvent(version, json);
    byte[] contentHash = encoded.contentHash();
    boolean idGiven = version.eventIdFormat() == EventIdFormat.GIVEN;
    if (idGiven) {
      encoded.put("event_id", JSON.textNode(idFrom(contentHash, origin)));
      contentHash = encoded.contentHash();
    }
    ObjectNode hashes = JSON.objectNode().put("sha256", Base64Unpadded.encode(contentHash));
    encoded.put("hashes", hashes);
    EncodedEvent.Redacted redacted = encoded.redacted();
    byte[] essential = redacted.essential();
    String eventId =
        idGiven
            ? json.get("event_id").textValue()
            : EventHashes.eventId(version, EventHashes.sha256(essential));
    ObjectNode signatures = JSON.objectNode();
    signatures.putObject(origin).put(signer.keyId(), Base64Unpadded.encode(signer.sign(essential)));
    encoded.put("signatures", signatures);
    encoded.requireSize();
    redacted.put("signatures", signatures);
    return Pdu.built(encoded, eventId, redacted);
  }

  /** An id that nobody else makes: drawn from the event's own hash, so that no dice are needed. */
  private static String idFrom(byte[] contentHash, String origin) {
    byte[] start = Arrays.copyOf(contentHash, GIVEN_ID_BYTES);
    return "$" + Base64Unpadded.encodeUrlSafe(start) + ":" + origin;
  }

  private Map<String, String> withHashes(List<String> ids, UnaryOperator<String> referenceHashOf) {
    boolean wanted = version.eventReferencesCarryHashes();
    var hashes = new LinkedHashMap<String, String>();
    ids.forEach(id -> hashes.put(id, wanted ? referenceHashOf.apply(id) : ""));
    return hashes;
  }

  /** A copy of an event with one more server's signature, as invites and restricted joins need. */
  public static Pdu countersign(Pdu pdu, String server, Signer signer) {
    byte[] signature = signer.sign(EventHashes.essentialBytes(pdu.version(), pdu.redactedJson()));
    ObjectNode json = JsonSignatures.withSignature(pdu.json(), server, signer.keyId(), signature);
    return Pdu.trusted(pdu.version(), pdu.eventId(), json).orThrow();
  }
}
