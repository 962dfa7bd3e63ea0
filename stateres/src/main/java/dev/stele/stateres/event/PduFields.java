package dev.stele.stateres.event;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.stele.stateres.event.PduResult.Reason;
import dev.stele.stateres.id.EventId;
import dev.stele.stateres.id.RoomId;
import dev.stele.stateres.id.UserId;
import dev.stele.stateres.json.CanonicalJson;
import dev.stele.stateres.version.RoomVersion;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Reads and checks the fields of an event's JSON. */
final class PduFields {
  private final RoomVersion version;
  private final ObjectNode json;

  PduFields(RoomVersion version, ObjectNode json) {
    this.version = version;
    this.json = json;
  }

  RoomVersion version() {
    return version;
  }

  ObjectNode json() {
    return json;
  }

  /** Says that the event is no event; never leaves this package. */
  static final class Refusal extends Exception {
    private static final long serialVersionUID = 1L;
    private final Reason reason;

    Refusal(Reason reason, String message) {
      super(message, null, false, false);
      this.reason = reason;
    }

    PduResult.Refused toResult() {
      return new PduResult.Refused(reason, String.valueOf(getMessage()));
    }
  }

  String type() throws Refusal {
    return sized("type", text("type"));
  }

  @Nullable String stateKey() throws Refusal {
    return json.has("state_key") ? sized("state_key", text("state_key")) : null;
  }

  String sender() throws Refusal {
    String sender = sized("sender", text("sender"));
    if (!UserId.isValid(sender)) {
      throw new Refusal(Reason.MALFORMED, "sender is no user id");
    }
    return sender;
  }

  ObjectNode object(String name) throws Refusal {
    if (required(name) instanceof ObjectNode object) {
      return object;
    }
    throw new Refusal(Reason.WRONG_TYPE, name + " is no object");
  }

  /** The room id, or null where it is to be made from the create event's own id. */
  @Nullable String roomId(String type) throws Refusal {
    if (version.roomIdIsCreateHash() && EventType.CREATE.equals(type)) {
      return null;
    }
    String roomId = sized("room_id", text("room_id"));
    if (!roomId.startsWith("!")) {
      throw new Refusal(Reason.MALFORMED, "room_id is no room id");
    }
    return roomId;
  }

  /** From version 12 a room id is a hash; before, it names a server. */
  void requireRoomIdOfVersion() throws Refusal {
    String roomId = json.path("room_id").textValue();
    boolean wrong =
        roomId != null
            && EventSizes.fits(roomId)
            && (version.roomIdIsCreateHash() ? !RoomId.isHash(roomId) : !RoomId.hasDomain(roomId));
    if (wrong && !isCreateOfHashedRoom()) {
      throw new Refusal(Reason.MALFORMED, "room_id is no room id of " + version);
    }
  }

  private boolean isCreateOfHashedRoom() {
    return version.roomIdIsCreateHash() && EventType.CREATE.equals(json.path("type").textValue());
  }

  /** The event id that the event itself carries: versions 1 and 2. */
  String givenEventId() throws Refusal {
    String id = sized("event_id", text("event_id"));
    if (!EventId.isValid(id)) {
      throw new Refusal(Reason.MALFORMED, "event_id is no event id");
    }
    return id;
  }

  long depth() throws Refusal {
    long depth = integer("depth");
    if (depth < 0 || (version.strictCanonicalJson() && depth > CanonicalJson.MAX_INTEGER)) {
      throw new Refusal(Reason.MALFORMED, "depth is out of range");
    }
    return depth;
  }

  long integer(String name) throws Refusal {
    JsonNode value = required(name);
    if (!value.isIntegralNumber()) {
      throw new Refusal(Reason.WRONG_TYPE, name + " is no integer");
    }
    if (!value.canConvertToLong()) {
      throw new Refusal(Reason.MALFORMED, name + " is out of range");
    }
    return value.longValue();
  }

  @Nullable String redacts() throws Refusal {
    if (version.redactsInContent()) {
      return json.path("content").path("redacts").textValue();
    }
    return json.has("redacts") ? sized("redacts", text("redacts")) : null;
  }

  void requireHashesAndSignatures() throws Refusal {
    if (!object("hashes").path("sha256").isTextual()) {
      throw new Refusal(Reason.MISSING, "hashes has no sha256");
    }
    for (JsonNode server : object("signatures")) {
      requireSignaturesOfServer(server);
    }
  }

  private static void requireSignaturesOfServer(JsonNode server) throws Refusal {
    boolean allText = server.isObject();
    for (JsonNode signature : server) {
      allText &= signature.isTextual();
    }
    if (!allText) {
      throw new Refusal(Reason.WRONG_TYPE, "signatures is no object of objects of strings");
    }
  }

  List<String> references(String name, int max) throws Refusal {
    if (!(required(name) instanceof ArrayNode array)) {
      throw new Refusal(Reason.WRONG_TYPE, name + " is no array");
    }
    if (array.size() > max) {
      throw new Refusal(Reason.TOO_MANY, name + " has more than " + max + " entries");
    }
    String[] ids = new String[array.size()];
    for (int i = 0; i < ids.length; i++) {
      ids[i] = reference(name, array.get(i));
    }
    return List.of(ids);
  }

  private String reference(String name, JsonNode entry) throws Refusal {
    boolean pairs = version.eventReferencesCarryHashes();
    JsonNode id = pairs ? entry.path(0) : entry;
    if (!id.isTextual() || (pairs && (entry.size() != 2 || !entry.path(1).isObject()))) {
      throw new Refusal(Reason.WRONG_TYPE, name + " has an entry of the wrong type");
    }
    return sized(name, id.textValue());
  }

  private String text(String name) throws Refusal {
    JsonNode value = required(name);
    if (!value.isTextual()) {
      throw new Refusal(Reason.WRONG_TYPE, name + " is no string");
    }
    return value.textValue();
  }

  private JsonNode required(String name) throws Refusal {
    JsonNode value = json.get(name);
    if (value == null) {
      throw new Refusal(Reason.MISSING, name + " is missing");
    }
    return value;
  }

  private static String sized(String name, String value) throws Refusal {
    if (!EventSizes.fits(value)) {
      throw new Refusal(Reason.TOO_LARGE, name + " takes more than 255 bytes");
    }
    return value;
  }
}
