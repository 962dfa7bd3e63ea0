package dev.stele.stateres.event;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.stele.stateres.event.PduFields.Refusal;
import dev.stele.stateres.event.PduResult.Reason;
import dev.stele.stateres.json.CanonicalFields;
import dev.stele.stateres.version.RoomVersion;
import java.util.Set;

/**
 * An event whose fields are encoded once: its size, its hashes, its signatures and its redacted
 * form are all put together from these. Not for use by several threads.
 */
final class EncodedEvent {
  private final RoomVersion version;
  private final ObjectNode json;
  private final CanonicalFields full;

  /**
   * Encodes an event.
   *
   * @throws dev.stele.stateres.json.InvalidJson if the event has no Canonical JSON
   */
  EncodedEvent(RoomVersion version, ObjectNode json) {
    this.version = version;
    this.json = json;
    this.full = CanonicalFields.of(json, EventHashes.numbersOf(version));
  }

  RoomVersion version() {
    return version;
  }

  ObjectNode json() {
    return json;
  }

  void requireSize() throws Refusal {
    int size = full.size();
    if (size > EventSizes.MAX_EVENT_BYTES) {
      throw new Refusal(Reason.TOO_LARGE, "the event takes " + size + " bytes");
    }
  }

  byte[] contentHash() {
    return EventHashes.sha256(full.encodeWithout(EventHashes.NOT_IN_CONTENT_HASH));
  }

  /** The Canonical JSON of the event's content. */
  String content() {
    String object = full.only(Set.of("content")).encodeToString();
    return object.substring("{\"content\":".length(), object.length() - 1);
  }

  /** Sets a field of the event. */
  void put(String name, JsonNode value) {
    json.set(name, value);
    full.put(name, value);
  }

  /** The redacted form of the event as it is now. */
  Redacted redacted() {
    ObjectNode redacted = Redaction.redact(version, json);
    CanonicalFields fields = full.only(version.redaction().topLevelKeys());
    JsonNode content = redacted.get("content");
    if (content != null) {
      fields.put("content", content);
    }
    return new Redacted(redacted, fields);
  }

  /** The redacted event, encoded. */
  record Redacted(ObjectNode json, CanonicalFields fields) {

    /** What the reference hash and every signature cover. */
    byte[] essential() {
      return fields.encodeWithout(EventHashes.NOT_IN_REFERENCE_HASH);
    }

    void put(String name, JsonNode value) {
      json.set(name, value);
      fields.put(name, value);
    }

    String canonical() {
      return fields.encodeToString();
    }
  }
}
