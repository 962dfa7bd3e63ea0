package dev.stele.server.record;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.io.JsonStringEncoder;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.stele.stateres.event.Erasable;
import dev.stele.stateres.event.Pdu;
import dev.stele.stateres.version.RoomVersion;
import org.jspecify.annotations.Nullable;

/**
 * The two parts of a room event's record. The skeleton holds the redacted event, which is all that
 * hashes, signatures and state resolution need; the content holds what a redaction takes away.
 */
final class RoomEventJson {
  private static final ObjectMapper MAPPER = new JsonMapper();

  /** About what a skeleton says besides the event. */
  private static final int ROOM_FOR_MORE = 400;

  private RoomEventJson() {}

  static String skeleton(RoomEvent event) {
    Pdu pdu = event.pdu();
    String redacted = pdu.redactedCanonical();
    StringBuilder json = new StringBuilder(redacted.length() + ROOM_FOR_MORE);
    json.append("{\"version\":");
    quote(json, pdu.version().id());
    appendField(json, "event_id", pdu.eventId());
    if (event.transaction() != null) {
      appendField(json, "user", event.transaction().userId());
      appendField(json, "device", event.transaction().deviceId());
      appendField(json, "scope", event.transaction().scope());
      appendField(json, "txn", event.transaction().id());
    }
    appendField(json, "redacts", event.redacts());
    appendField(json, "replaces", event.replaces());
    return json.append(",\"pdu\":").append(redacted).append('}').toString();
  }

  static @Nullable String content(RoomEvent event) {
    if (event.pdu().isContentAllThatIsErasable()) {
      return "{\"content\":" + event.pdu().contentJson() + "}";
    }
    ObjectNode removed = event.pdu().erasable();
    return removed == null ? null : removed.toString();
  }

  static RoomEvent read(String skeleton, @Nullable String content) throws JsonProcessingException {
    JsonNode json = MAPPER.readTree(skeleton);
    RoomVersion version = RoomVersion.of(json.path("version").asText()).orElseThrow();
    ObjectNode redacted = (ObjectNode) json.get("pdu");
    ObjectNode whole =
        content == null
            ? redacted
            : Erasable.merge(redacted, (ObjectNode) MAPPER.readTree(content));
    return new RoomEvent(
        Pdu.trusted(version, json.path("event_id").asText(), whole).orThrow(),
        transaction(json),
        text(json, "redacts"),
        text(json, "replaces"),
        content == null);
  }

  private static @Nullable Transaction transaction(JsonNode json) {
    return json.has("txn")
        ? new Transaction(
            json.path("user").asText(),
            json.path("device").asText(),
            json.path("scope").asText(),
            json.path("txn").asText())
        : null;
  }

  private static void appendField(StringBuilder json, String name, @Nullable String value) {
    if (value != null) {
      json.append(",\"").append(name).append("\":");
      quote(json, value);
    }
  }

  private static void quote(StringBuilder json, String value) {
    json.append('"');
    JsonStringEncoder.getInstance().quoteAsString(value, json);
    json.append('"');
  }

  private static @Nullable String text(JsonNode json, String field) {
    JsonNode value = json.get(field);
    return value == null ? null : value.asText();
  }
}
